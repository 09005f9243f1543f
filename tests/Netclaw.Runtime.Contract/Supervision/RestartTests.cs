using Akka.Actor;
using Netclaw.Runtime.Contract.Actors;

namespace Netclaw.Runtime.Contract.Supervision;

public sealed class RestartTests : ActorHarness
{
    private static readonly InvalidOperationException Boom = new("boom");

    [Fact]
    public async Task Restart_KeepsMailboxAndRef_DiscardsTheFailedMessage()
    {
        var life = NewMailbag();
        var actor = System.ActorOf(Scripted.Props(life.Ref));
        actor.Tell(Boom);
        actor.Tell("next");
        Assert.Equal("PreStart", await life.Next());
        var restarting = await life.Next<Scripted.Restarting>();
        Assert.Same(Boom, restarting.Reason);
        Assert.Same(Boom, restarting.Message);
        Assert.Equal("PostStop", await life.Next());
        Assert.Same(Boom, (await life.Next<Scripted.Restarted>()).Reason);
        Assert.Equal("next", await life.Next());
        await life.ExpectNothingMore();
    }

    [Fact]
    public async Task Restart_StopsChildrenFirst()
    {
        var life = NewMailbag();
        var childLife = NewMailbag();
        var actor = System.ActorOf(Scripted.Props(life.Ref));
        var child = await actor.Ask<IActorRef>(new Scripted.Spawn(Scripted.Props(childLife.Ref), "child"), Patience);
        var gate = new Scripted.Gate();
        child.Tell(gate);
        await gate.Entered;
        actor.Tell(Boom);
        Assert.Equal("PreStart", await life.Next());
        await life.Next<Scripted.Restarting>();
        Assert.Equal("PostStop", await life.Next());
        await life.ExpectNothingMore();
        gate.Open();
        await life.Next<Scripted.Restarted>();
        Assert.Equal("PreStart", await childLife.Next());
        Assert.Equal("PostStop", await childLife.Next());

        // The name is free again.
        await actor.Ask<IActorRef>(new Scripted.Spawn(Scripted.Props(childLife.Ref), "child"), Patience);
    }

    [Fact]
    public async Task DefaultStrategy_RestartsOnException()
    {
        var life = NewMailbag();
        var parent = System.ActorOf(Scripted.Props(NewMailbag().Ref));
        var child = await parent.Ask<IActorRef>(new Scripted.Spawn(Scripted.Props(life.Ref)), Patience);
        child.Tell(Boom);
        Assert.Equal("PreStart", await life.Next());
        await life.Next<Scripted.Restarting>();
        Assert.Equal("PostStop", await life.Next());
        await life.Next<Scripted.Restarted>();
    }

    [Fact]
    public async Task Resume_KeepsTheInstance()
    {
        var life = NewMailbag();
        var parent = System.ActorOf(Scripted.Props(NewMailbag().Ref, new OneForOneStrategy(_ => Directive.Resume)));
        var child = await parent.Ask<IActorRef>(new Scripted.Spawn(Scripted.Props(life.Ref)), Patience);
        child.Tell(Boom);
        child.Tell("next");
        Assert.Equal("PreStart", await life.Next());
        Assert.Equal("next", await life.Next());
        await life.ExpectNothingMore();
    }

    [Fact]
    public async Task Stop_StopsTheChild()
    {
        var life = NewMailbag();
        var parent = System.ActorOf(Scripted.Props(NewMailbag().Ref, new OneForOneStrategy(_ => Directive.Stop)));
        var child = await parent.Ask<IActorRef>(new Scripted.Spawn(Scripted.Props(life.Ref)), Patience);
        child.Tell(Boom);
        Assert.Equal("PreStart", await life.Next());
        Assert.Equal("PostStop", await life.Next());
    }

    [Fact]
    public async Task Escalate_FailsTheParentWithTheSameCause()
    {
        var parentLife = NewMailbag();
        var childLife = NewMailbag();
        var grandparent = System.ActorOf(Scripted.Props(NewMailbag().Ref));
        var parent = await grandparent.Ask<IActorRef>(
            new Scripted.Spawn(Scripted.Props(parentLife.Ref, new OneForOneStrategy(_ => Directive.Escalate))), Patience);
        var child = await parent.Ask<IActorRef>(new Scripted.Spawn(Scripted.Props(childLife.Ref)), Patience);
        child.Tell(Boom);
        Assert.Equal("PreStart", await parentLife.Next());
        Assert.Same(Boom, (await parentLife.Next<Scripted.Restarting>()).Reason);
        Assert.Equal("PreStart", await childLife.Next());
        Assert.Equal("PostStop", await childLife.Next());
    }

    [Fact]
    public async Task Escalate_ThenResume_ForgivesTheChild()
    {
        var childLife = NewMailbag();
        var grandparent = System.ActorOf(Scripted.Props(NewMailbag().Ref, new OneForOneStrategy(_ => Directive.Resume)));
        var parent = await grandparent.Ask<IActorRef>(
            new Scripted.Spawn(Scripted.Props(NewMailbag().Ref, new OneForOneStrategy(_ => Directive.Escalate))), Patience);
        var child = await parent.Ask<IActorRef>(new Scripted.Spawn(Scripted.Props(childLife.Ref)), Patience);
        var sibling = await parent.Ask<IActorRef>(new Scripted.Spawn(Scripted.Props(childLife.Ref)), Patience);
        Assert.Equal("PreStart", await childLife.Next());
        Assert.Equal("PreStart", await childLife.Next());
        child.Tell(Boom);
        child.Tell("child goes on");
        Assert.Equal("child goes on", await childLife.Next());
        sibling.Tell("sibling goes on");
        Assert.Equal("sibling goes on", await childLife.Next());
        child.Tell(Boom);
        child.Tell("and again");
        Assert.Equal("and again", await childLife.Next());
    }

    [Fact]
    public async Task AllForOne_RestartsTheSiblings()
    {
        var first = NewMailbag();
        var second = NewMailbag();
        var parent = System.ActorOf(Scripted.Props(NewMailbag().Ref, new AllForOneStrategy(_ => Directive.Restart)));
        var child = await parent.Ask<IActorRef>(new Scripted.Spawn(Scripted.Props(first.Ref)), Patience);
        var sibling = await parent.Ask<IActorRef>(new Scripted.Spawn(Scripted.Props(second.Ref)), Patience);
        Assert.Equal("PreStart", await second.Next());
        child.Tell(Boom);
        Assert.Null((await second.Next<Scripted.Restarting>()).Message);
        Assert.Equal("PostStop", await second.Next());
        await second.Next<Scripted.Restarted>();
        sibling.Tell("alive");
        Assert.Equal("alive", await second.Next());
    }

    [Fact]
    public async Task Retries_AreLimitedWithinTheWindow()
    {
        var life = NewMailbag();
        var parent = System.ActorOf(Scripted.Props(NewMailbag().Ref, new OneForOneStrategy(2, TimeSpan.FromHours(1), _ => Directive.Restart)));
        var child = await parent.Ask<IActorRef>(new Scripted.Spawn(Scripted.Props(life.Ref)), Patience);
        for (var i = 0; i < 3; i++)
            child.Tell(Boom);
        Assert.Equal("PreStart", await life.Next());
        for (var i = 0; i < 2; i++)
        {
            await life.Next<Scripted.Restarting>();
            Assert.Equal("PostStop", await life.Next());
            await life.Next<Scripted.Restarted>();
        }

        Assert.Equal("PostStop", await life.Next());
        await life.ExpectNothingMore();
    }

    [Fact]
    public async Task DefaultStrategy_StopsAChildThatCannotStart()
    {
        var parent = System.ActorOf(Scripted.Props(NewMailbag().Ref));
        var watcher = NewMailbag();
        var watching = System.ActorOf(Scripted.Props(watcher.Ref));
        Assert.Equal("PreStart", await watcher.Next());
        var child = await parent.Ask<IActorRef>(new Scripted.Spawn(Props.Create(() => new Stillborn())), Patience);
        watching.Tell(new Scripted.WatchIt(child));
        Assert.Equal(child, (await watcher.Next<Scripted.Gone>()).ActorRef);
    }

    [Fact]
    public async Task Failure_InPostRestart_StopsByDefault()
    {
        var watcher = NewMailbag();
        var watching = System.ActorOf(Scripted.Props(watcher.Ref));
        Assert.Equal("PreStart", await watcher.Next());
        var actor = System.ActorOf(Props.Create(() => new BadHeir()));
        watching.Tell(new Scripted.WatchIt(actor));
        await Processed(watching);
        actor.Tell("fail");
        Assert.Equal(actor, (await watcher.Next<Scripted.Gone>()).ActorRef);
    }

    [Fact]
    public async Task Survivors_AreRestartedWhenPreRestartKeepsThem()
    {
        var childLife = NewMailbag();
        var parent = System.ActorOf(Props.Create(() => new Keeper(childLife.Ref)));
        Assert.Equal("PreStart", await childLife.Next());
        parent.Tell("fail");
        await childLife.Next<Scripted.Restarting>();
        Assert.Equal("PostStop", await childLife.Next());
        await childLife.Next<Scripted.Restarted>();
        parent.Tell("to the child");
        Assert.Equal("to the child", await childLife.Next());
    }

    private sealed class Stillborn : UntypedActor
    {
        public Stillborn() => throw new InvalidOperationException("cannot start");

        protected override void OnReceive(object message)
        {
        }
    }

    private sealed class BadHeir : UntypedActor
    {
        protected override void OnReceive(object message) => throw new InvalidOperationException("first");

        protected override void PostRestart(Exception reason) => throw new InvalidOperationException("second");
    }

    private sealed class Keeper(IActorRef listener) : UntypedActor
    {
        protected override void PreStart() => Context.ActorOf(Scripted.Props(listener), "kept");

        protected override void PreRestart(Exception reason, object message)
        {
        }

        protected override void PostRestart(Exception reason)
        {
        }

        protected override void OnReceive(object message)
        {
            if (message is "fail")
                throw new InvalidOperationException("fail");
            Context.Child("kept").Tell(message);
        }
    }
}
