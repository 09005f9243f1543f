using Akka.Actor;
using Netclaw.Runtime.Contract.Actors;

namespace Netclaw.Runtime.Contract.Watch;

public sealed class DeathWatchTests : ActorHarness
{
    [Fact]
    public async Task Terminated_ArrivesOnce_AfterTheChildren()
    {
        var order = NewMailbag();
        var watcher = System.ActorOf(Scripted.Props(order.Ref));
        Assert.Equal("PreStart", await order.Next());
        var parent = System.ActorOf(Scripted.Props(order.Ref));
        Assert.Equal("PreStart", await order.Next());
        var child = await parent.Ask<IActorRef>(new Scripted.Spawn(Scripted.Props(order.Ref)), Patience);
        Assert.Equal("PreStart", await order.Next());
        watcher.Tell(new Scripted.WatchIt(parent));
        watcher.Tell(new Scripted.WatchIt(parent));
        await Processed(watcher);
        var gate = new Scripted.Gate();
        child.Tell(gate);
        await gate.Entered;
        System.Stop(parent);
        await order.ExpectNothingMore();
        gate.Open();
        Assert.Equal("PostStop", await order.Next());
        Assert.Equal("PostStop", await order.Next());
        Assert.Equal(parent, (await order.Next<Scripted.Gone>()).ActorRef);
        await Processed(watcher);
        await order.ExpectNothingMore();
    }

    [Fact]
    public async Task Watch_OnADeadRef_AnswersAtOnce()
    {
        var mailbag = NewMailbag();
        var watcher = System.ActorOf(Scripted.Props(mailbag.Ref));
        Assert.Equal("PreStart", await mailbag.Next());
        var dead = System.ActorOf(Scripted.Props(NewMailbag().Ref));
        await dead.GracefulStop(Patience);
        watcher.Tell(new Scripted.WatchIt(dead));
        Assert.Equal(dead, (await mailbag.Next<Scripted.Gone>()).ActorRef);
    }

    [Fact]
    public async Task WatchWith_DeliversTheMessageInstead()
    {
        var mailbag = NewMailbag();
        var watcher = System.ActorOf(Scripted.Props(mailbag.Ref));
        Assert.Equal("PreStart", await mailbag.Next());
        var subject = System.ActorOf(Scripted.Props(NewMailbag().Ref));
        watcher.Tell(new Scripted.WatchIt(subject, "gone"));
        await Processed(watcher);
        System.Stop(subject);
        Assert.Equal("gone", await mailbag.Next());
    }

    [Fact]
    public async Task Unwatch_RemovesEvenAQueuedNotice()
    {
        var mailbag = NewMailbag();
        var watcher = System.ActorOf(Scripted.Props(mailbag.Ref));
        Assert.Equal("PreStart", await mailbag.Next());
        var subject = System.ActorOf(Scripted.Props(NewMailbag().Ref));
        watcher.Tell(new Scripted.WatchIt(subject));
        var gate = new Scripted.Gate();
        watcher.Tell(gate);
        watcher.Tell(new Scripted.UnwatchIt(subject));
        await gate.Entered;
        await subject.GracefulStop(Patience);
        gate.Open();
        await Processed(watcher);
        await mailbag.ExpectNothingMore();
    }

    [Fact]
    public async Task Name_IsTakenUntilTerminatedArrives()
    {
        var mailbag = NewMailbag();
        var parent = System.ActorOf(Scripted.Props(mailbag.Ref));
        Assert.Equal("PreStart", await mailbag.Next());
        for (var i = 0; i < 50; i++)
        {
            var subject = await parent.Ask<IActorRef>(new Scripted.Spawn(Scripted.Props(System.DeadLetters), "again"), Patience);
            parent.Tell(new Scripted.WatchIt(subject));
            parent.Tell(new Scripted.Do(context =>
            {
                Assert.Throws<InvalidActorNameException>(() => context.ActorOf(Scripted.Props(System.DeadLetters), "again"));
                context.Stop(subject);
            }));
            Assert.Equal(subject, (await mailbag.Next<Scripted.Gone>()).ActorRef);
        }

        await mailbag.ExpectNothingMore();
    }

    [Fact]
    public async Task UnhandledTerminated_IsADeathPact()
    {
        var mailbag = NewMailbag();
        var watcher = System.ActorOf(Scripted.Props(mailbag.Ref));
        Assert.Equal("PreStart", await mailbag.Next());
        var subject = System.ActorOf(Scripted.Props(NewMailbag().Ref));
        var pact = System.ActorOf(Props.Create(() => new Pact(subject)));
        watcher.Tell(new Scripted.WatchIt(pact));
        await Processed(pact);
        System.Stop(subject);
        Assert.Equal(pact, (await mailbag.Next<Scripted.Gone>()).ActorRef);
    }

    [Fact]
    public async Task NewIncarnation_IsNotTheWatchedOne()
    {
        var first = System.ActorOf(Scripted.Props(System.DeadLetters), "twin");
        await first.GracefulStop(Patience);
        await WaitForName("twin");
        var second = await Retry(() => System.ActorOf(Scripted.Props(System.DeadLetters), "twin"));
        Assert.NotEqual(first, second);
        Assert.Equal(first.Path, second.Path);
    }

    private async Task WaitForName(string name) =>
        Assert.Null((await System.ActorSelection($"/user/{name}").Ask<ActorIdentity>(new Identify(0), Patience)).Subject);

    private static async Task<IActorRef> Retry(Func<IActorRef> create)
    {
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                return create();
            }
            catch (InvalidActorNameException) when (attempt < 1_000)
            {
                await Task.Yield();
            }
        }
    }

    private sealed class Pact : ReceiveActor
    {
        public Pact(IActorRef subject) => Context.Watch(subject);
    }
}
