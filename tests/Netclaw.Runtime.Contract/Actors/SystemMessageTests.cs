using Akka.Actor;
using Akka.Event;

namespace Netclaw.Runtime.Contract.Actors;

public sealed class SystemMessageTests : ActorHarness
{
    [Fact]
    public async Task Processes_SystemMessagesBeforeUserMessages()
    {
        var life = NewMailbag();
        var letters = Subscribe<DeadLetter>();
        var parent = System.ActorOf(Scripted.Props(NewMailbag().Ref));
        var child = await parent.Ask<IActorRef>(new Scripted.Spawn(Scripted.Props(life.Ref)), Patience);
        Assert.Equal("PreStart", await life.Next());
        var gate = new Scripted.Gate();
        child.Tell(gate);
        await gate.Entered;
        child.Tell("queued before the stop");
        parent.Tell(new Scripted.StopChild(child));
        await Processed(parent);
        gate.Open();
        Assert.Equal("PostStop", await life.Next());
        Assert.Equal("queued before the stop", (await letters.Next<DeadLetter>()).Message);
        await life.ExpectNothingMore();
    }

    [Fact]
    public async Task PoisonPill_StopsAfterTheMessagesBeforeIt()
    {
        var life = NewMailbag();
        var actor = System.ActorOf(Scripted.Props(life.Ref));
        actor.Tell("first");
        actor.Tell(PoisonPill.Instance);
        actor.Tell("second");
        Assert.Equal("PreStart", await life.Next());
        Assert.Equal("first", await life.Next());
        Assert.Equal("PostStop", await life.Next());
        await life.ExpectNothingMore();
    }

    [Fact]
    public async Task Kill_StopsByTheDefaultStrategy()
    {
        var life = NewMailbag();
        var actor = System.ActorOf(Scripted.Props(life.Ref));
        actor.Tell(Kill.Instance);
        Assert.Equal("PreStart", await life.Next());
        Assert.Equal("PostStop", await life.Next());
    }

    [Fact]
    public async Task Identify_IsAnsweredByEveryActor()
    {
        var actor = System.ActorOf(Scripted.Props(NewMailbag().Ref), "known");
        var identity = await System.ActorSelection("/user/known").Ask<ActorIdentity>(new Identify(7), Patience);
        Assert.Equal(7, identity.MessageId);
        Assert.Equal(actor, identity.Subject);
        Assert.Null((await System.ActorSelection("/user/unknown").Ask<ActorIdentity>(new Identify(8), Patience)).Subject);
    }
}
