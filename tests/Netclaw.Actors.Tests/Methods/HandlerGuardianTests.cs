using Akka.Actor;
using Akka.TestKit;
using Akka.TestKit.Configs;
using Akka.TestKit.Xunit2;
using Microsoft.Extensions.Logging.Abstractions;
using Netclaw.Actors.Sessions;
using Netclaw.Protocol;
using Netclaw.Testing;

namespace Netclaw.Actors.Methods;

public sealed class HandlerGuardianTests : TestKit
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly TestClock _clock = new();
    private readonly IActorRef _guardian;
    private long _lastCall;

    public HandlerGuardianTests() : base(TestConfigs.TestSchedulerConfig)
    {
        _clock.Attach(Sys);
        _guardian = Sys.ActorOf(HandlerGuardian.Props(HandlerKey.Status, Props.Create(() => new Fragile()), _clock, NullLogger.Instance));
    }

    [Fact]
    public async Task Failure_AnswersTheFailingCallAndTheOpenOnes()
    {
        var open = Call("hold");
        var failing = Call("fail");
        var answers = new[] { await ExpectMsgAsync<MethodResult>(Patience), await ExpectMsgAsync<MethodResult>(Patience) };
        Assert.Equal([open, failing], answers.Select(answer => answer.CallId).Order());
        Assert.All(answers, answer =>
        {
            Assert.Equal("handler_unavailable", answer.Response.Error!.Code);
            Assert.True(answer.Response.Error.Retryable);
            Assert.True(answer.Response.Error.RetryAfterMs > 0);
        });
        await ExpectNoMsgAsync(TimeSpan.FromMilliseconds(50));
    }

    [Fact]
    public async Task WhileDown_CallsAreAnsweredByTheirId_ThenServedAgain()
    {
        Call("fail");
        await ExpectMsgAsync<MethodResult>(Patience);
        await AwaitAssertAsync(async () =>
        {
            var down = Call("echo");
            var answer = await ExpectMsgAsync<MethodResult>(Patience);
            Assert.Equal((down, "handler_unavailable"), (answer.CallId, answer.Response.Error?.Code));
        });

        _clock.Advance(TimeSpan.FromMilliseconds(200));
        await AwaitAssertAsync(async () =>
        {
            Call("echo");
            Assert.True((await ExpectMsgAsync<MethodResult>(Patience)).Response.Ok);
        });
    }

    [Fact]
    public async Task Withdrawn_IsNotAnswered()
    {
        var held = Call("hold");
        _guardian.Tell(new MethodCancelled(held, SessionSamples.Facts.Id), TestActor);
        Call("release");
        var answer = await ExpectMsgAsync<MethodResult>(Patience);
        Assert.NotEqual(held, answer.CallId);
        await ExpectNoMsgAsync(TimeSpan.FromMilliseconds(50));
    }

    private long Call(string method)
    {
        var callId = ++_lastCall;
        _guardian.Tell(new MethodCall(callId, SessionSamples.Facts.Id, SessionSamples.LaptopPrincipal, method, default, _clock.GetUtcNow()), TestActor);
        return callId;
    }

    /// <summary>Holds calls, answers calls, fails on demand.</summary>
    private sealed class Fragile : MethodHandlerActor
    {
        private readonly List<MethodCall> _held = [];

        protected override void Handle(MethodCall call)
        {
            switch (call.Method)
            {
                case "hold":
                    _held.Add(call);
                    break;
                case "fail":
                    throw new InvalidOperationException("a defect in the test's handler");
                case "release":
                    _held.Append(call).ToList().ForEach(held => Answer(held, CallResponse.Success(SessionSamples.Parse("{}"))));
                    break;
                default:
                    Answer(call, CallResponse.Success(SessionSamples.Parse("{}")));
                    break;
            }
        }
    }
}
