using Akka.Actor;

namespace Netclaw.Runtime.Contract.Actors;

public sealed class ReceiveAsyncTests : ActorHarness
{
    [Fact]
    public async Task Suspends_UserMessagesUntilTheTaskIsDone()
    {
        var mailbag = NewMailbag();
        var release = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var actor = System.ActorOf(Props.Create(() => new Patient(mailbag.Ref, release.Task)));
        actor.Tell("wait");
        actor.Tell(1);
        Assert.Equal("before", await mailbag.Next());
        await mailbag.ExpectNothingMore();
        release.SetResult();
        Assert.Equal("after", await mailbag.Next());
        Assert.Equal(1, await mailbag.Next());
    }

    [Fact]
    public async Task Keeps_SelfAndSenderAcrossAwaits()
    {
        var mailbag = NewMailbag();
        var release = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var actor = System.ActorOf(Props.Create(() => new Patient(mailbag.Ref, release.Task)));
        actor.Tell("identify", mailbag.Ref);
        release.SetResult();
        Assert.Equal((actor, mailbag.Ref), await mailbag.Next<(IActorRef, IActorRef)>());
    }

    [Fact]
    public async Task Failure_ReachesTheSupervisorWithTheMessage()
    {
        var mailbag = NewMailbag();
        var release = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var actor = System.ActorOf(Props.Create(() => new Patient(mailbag.Ref, release.Task)));
        actor.Tell("fail");
        actor.Tell(1);
        release.SetResult();
        var restarting = await mailbag.Next<Scripted.Restarting>();
        Assert.Equal("midway", restarting.Reason.Message);
        Assert.Equal("fail", restarting.Message);
        Assert.Equal(1, await mailbag.Next());
    }

    [Fact]
    public async Task Failure_BeforeTheFirstAwait_ReachesTheSupervisor()
    {
        var mailbag = NewMailbag();
        var actor = System.ActorOf(Props.Create(() => new Patient(mailbag.Ref, Task.CompletedTask)));
        actor.Tell("fail");
        Assert.Equal("midway", (await mailbag.Next<Scripted.Restarting>()).Reason.Message);
    }

    [Fact]
    public async Task Interleaves_NothingBetweenSteps()
    {
        var actor = System.ActorOf(Props.Create(() => new Adder()));
        for (var i = 0; i < 500; i++)
            actor.Tell(1);
        Assert.Equal(500, await actor.Ask<int>("get", Patience));
    }

    private sealed class Patient : ReceiveActor
    {
        private readonly IActorRef listener;

        public Patient(IActorRef listener, Task release)
        {
            this.listener = listener;
            ReceiveAsync<string>(text => text == "wait", async _ =>
            {
                listener.Tell("before");
                await release;
                listener.Tell("after");
            });
            ReceiveAsync<string>(text => text == "identify", async _ =>
            {
                await release;
                await Task.Yield();
                listener.Tell((Self, Sender));
            });
            ReceiveAsync<string>(text => text == "fail", async _ =>
            {
                await release;
                throw new InvalidOperationException("midway");
            });
            ReceiveAny(message => listener.Tell(message));
        }

        protected override void PreRestart(Exception reason, object message) => listener.Tell(new Scripted.Restarting(reason, message));
    }

    private sealed class Adder : ReceiveActor
    {
        private int sum;

        public Adder()
        {
            ReceiveAsync<int>(async number =>
            {
                var seen = sum;
                await Task.Yield();
                sum = seen + number;
            });
            Receive<string>(_ => Sender.Tell(sum));
        }
    }
}
