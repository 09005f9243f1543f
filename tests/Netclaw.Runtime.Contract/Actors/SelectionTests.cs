using Akka.Actor;
using Akka.Event;

namespace Netclaw.Runtime.Contract.Actors;

public sealed class SelectionTests : ActorHarness
{
    [Fact]
    public async Task Wildcard_ReachesEveryMatchingChild()
    {
        var mailbag = NewMailbag();
        foreach (var name in new[] { "a-1", "a-2", "b-1" })
        {
            System.ActorOf(Scripted.Props(mailbag.Ref), name);
            Assert.Equal("PreStart", await mailbag.Next());
        }

        System.ActorSelection("/user/a-*").Tell("hello");
        Assert.Equal("hello", await mailbag.Next());
        Assert.Equal("hello", await mailbag.Next());
        System.ActorSelection("/user/?-1").Tell("first");
        Assert.Equal("first", await mailbag.Next());
        Assert.Equal("first", await mailbag.Next());
        await mailbag.ExpectNothingMore();
    }

    [Fact]
    public async Task ResolveOne_FindsAGrandchildAndFailsForNobody()
    {
        var parent = System.ActorOf(Scripted.Props(NewMailbag().Ref), "parent");
        var child = await parent.Ask<IActorRef>(new Scripted.Spawn(Scripted.Props(NewMailbag().Ref), "child"), Patience);
        Assert.Equal(child, await System.ActorSelection("/user/parent/child").ResolveOne(Patience));
        Assert.Equal(child, await System.ActorSelection(child.Path).ResolveOne(Patience));
        await Assert.ThrowsAsync<ActorNotFoundException>(() => System.ActorSelection("/user/parent/other").ResolveOne(Patience));
    }

    [Fact]
    public async Task Relative_StartsAtTheActor()
    {
        var mailbag = NewMailbag();
        System.ActorOf(Scripted.Props(mailbag.Ref), "sibling");
        Assert.Equal("PreStart", await mailbag.Next());
        var actor = System.ActorOf(Scripted.Props(NewMailbag().Ref));
        actor.Tell(new Scripted.Do(context => context.ActorSelection("../sibling").Tell("over here")));
        Assert.Equal("over here", await mailbag.Next());
    }

    [Fact]
    public async Task MessageToNobody_IsADeadLetter()
    {
        var letters = Subscribe<DeadLetter>();
        System.ActorSelection("/user/nobody").Tell("lost");
        Assert.Equal("lost", (await letters.Next<DeadLetter>()).Message);
    }
}
