using Akka.Actor;
using Netclaw.Runtime.Contract.Actors;

namespace Netclaw.Runtime.Contract.Ask;

public sealed class AskTests : ActorHarness
{
    [Fact]
    public async Task Answers_WithTheReply() =>
        Assert.Equal("echo", await NewEcho().Ask<string>("echo", Patience));

    [Fact]
    public async Task TimesOut_WhenNobodyAnswers() =>
        await Assert.ThrowsAsync<AskTimeoutException>(() => NewSilent().Ask<string>("anybody?", TimeSpan.FromMilliseconds(30)));

    [Fact]
    public async Task Cancels_WithTheToken()
    {
        using var source = new CancellationTokenSource();
        var asked = NewSilent().Ask<string>("anybody?", Patience, source.Token);
        await source.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asked);
    }

    [Fact]
    public async Task Fails_WithTheCauseOfStatusFailure()
    {
        var cause = new InvalidOperationException("no");
        Assert.Same(cause, await Assert.ThrowsAsync<InvalidOperationException>(() => NewEcho().Ask<string>(new Status.Failure(cause), Patience)));
        Assert.Same(cause, await Assert.ThrowsAsync<InvalidOperationException>(() => NewEcho().Ask<object>(new Status.Failure(cause), Patience)));
    }

    [Fact]
    public async Task Fails_WhenTheAnswerIsOfAnotherType() =>
        await Assert.ThrowsAsync<ArgumentException>(() => NewEcho().Ask<int>("text", Patience));

    [Fact]
    public async Task LeaksNothing_AnsweredCancelledOrTimedOut()
    {
        const int Each = 300;
        var askers = new List<WeakReference>();
        var listening = System.ActorOf(Props.Create(() => new Listening(askers)));
        for (var i = 0; i < Each; i++)
        {
            await listening.Ask<string>("answer", TimeSpan.FromHours(1));
            using var source = new CancellationTokenSource();
            var cancelled = listening.Ask<string>("silence", TimeSpan.FromHours(1), source.Token);
            await source.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => cancelled);
        }

        await Assert.ThrowsAsync<AskTimeoutException>(() => listening.Ask<string>("silence", TimeSpan.FromMilliseconds(30)));
        await Processed(listening);

        // A timer that is an hour away, a name or a token that still knew them would keep them. The last few may be in somebody's hands.
        for (var i = 0; i < 3; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        Assert.Equal((2 * Each) + 1, askers.Count);
        Assert.InRange(askers.Count(asker => asker.IsAlive), 0, 10);
    }

    [Fact]
    public async Task PipeTo_SendsResultAndFailure()
    {
        var mailbag = NewMailbag();
        await Task.FromResult("result").PipeTo(mailbag.Ref);
        Assert.Equal("result", await mailbag.Next());
        await Task.FromException<string>(new InvalidOperationException("no")).PipeTo(mailbag.Ref);
        Assert.Equal("no", (await mailbag.Next<Status.Failure>()).Cause!.Message);
        await Task.FromResult(2).PipeTo(mailbag.Ref, success: number => number * 2);
        Assert.Equal(4, await mailbag.Next());
        await Task.FromException(new InvalidOperationException("no")).PipeTo(mailbag.Ref, failure: error => error.Message);
        Assert.Equal("no", await mailbag.Next());
    }

    [Fact]
    public async Task GracefulStop_WaitsForTheEnd_AndGivesUpInTime()
    {
        Assert.True(await NewEcho().GracefulStop(Patience));
        var gate = new Scripted.Gate();
        var busy = System.ActorOf(Scripted.Props(NewMailbag().Ref));
        busy.Tell(gate);
        await gate.Entered;
        await Assert.ThrowsAnyAsync<TaskCanceledException>(() => busy.GracefulStop(TimeSpan.FromMilliseconds(30)));
        gate.Open();
    }

    private IActorRef NewEcho() => System.ActorOf(Props.Create(() => new Echo()));

    private IActorRef NewSilent() => System.ActorOf(Scripted.Props(System.DeadLetters));

    private sealed class Echo : UntypedActor
    {
        protected override void OnReceive(object message) => Sender.Tell(message);
    }

    private sealed class Listening(List<WeakReference> askers) : UntypedActor
    {
        protected override void OnReceive(object message)
        {
            askers.Add(new WeakReference(Sender));
            if (message is "answer")
                Sender.Tell(message);
        }
    }
}
