using Akka.Actor;
using Akka.TestKit;
using Akka.TestKit.Xunit2;
using Xunit.Sdk;

namespace Netclaw.Runtime.Contract.TestKitSelf;

public sealed class ExpectationTests : TestKit
{
    private static readonly TimeSpan Short = TimeSpan.FromMilliseconds(50);

    [Fact]
    public void ExpectMsg_TakesMessagesInOrder()
    {
        TestActor.Tell("a");
        TestActor.Tell("b");
        Assert.Equal("a", ExpectMsg<string>());
        ExpectMsg("b");
        Assert.Equal("b", LastMessage);
    }

    [Fact]
    public void ExpectMsg_FailsOnAnotherTypeValueOrPredicate_AndTakesTheMessage()
    {
        TestActor.Tell("a");
        Assert.ThrowsAny<XunitException>(() => ExpectMsg<int>());
        TestActor.Tell("a");
        Assert.ThrowsAny<XunitException>(() => ExpectMsg("b"));
        TestActor.Tell("a");
        Assert.ThrowsAny<XunitException>(() => ExpectMsg<string>(text => text == "b"));
        ExpectNoMsg(Short);
    }

    [Fact]
    public void ExpectMsg_FailsWhenNothingArrives() => Assert.ThrowsAny<XunitException>(() => ExpectMsg<string>(Short));

    [Fact]
    public async Task ExpectMsgAsync_WaitsForALateMessage()
    {
        var late = ExpectMsgAsync<string>(TimeSpan.FromSeconds(10)).AsTask();
        Assert.False(late.IsCompleted);
        TestActor.Tell("late");
        Assert.Equal("late", await late);
    }

    [Fact]
    public void ExpectMsg_RunsAssertions()
    {
        TestActor.Tell(41);
        Assert.ThrowsAny<XunitException>(() => ExpectMsg<int>(number => Assert.Equal(42, number)));
    }

    [Fact]
    public void ExpectMsgFrom_ChecksTheSender()
    {
        var probe = CreateTestProbe();
        TestActor.Tell("a", probe.Ref);
        ExpectMsgFrom<string>(probe.Ref);
        TestActor.Tell("a", probe.Ref);
        Assert.ThrowsAny<XunitException>(() => ExpectMsgFrom<string>(TestActor));
    }

    [Fact]
    public void ExpectNoMsg_FailsWhenOneArrives()
    {
        TestActor.Tell("a");
        Assert.ThrowsAny<XunitException>(() => ExpectNoMsg(Short));
    }

    [Fact]
    public void ExpectMsgAllOf_TakesAnyOrder_AndFailsOnAnother()
    {
        foreach (var number in new[] { 3, 1, 2 }) TestActor.Tell(number);
        Assert.Equal([1, 2, 3], ExpectMsgAllOf(1, 2, 3).Order());
        foreach (var number in new[] { 3, 1, 4 }) TestActor.Tell(number);
        Assert.ThrowsAny<XunitException>(() => ExpectMsgAllOf(1, 2, 3));
    }

    [Fact]
    public void ExpectMsgAnyOf_TakesOneOfThem()
    {
        TestActor.Tell("b");
        Assert.Equal("b", ExpectMsgAnyOf(["a", "b"]));
    }

    [Fact]
    public void FishForMessage_PassesOverOthers()
    {
        TestActor.Tell(1);
        TestActor.Tell("a");
        TestActor.Tell("b");
        Assert.Equal("b", FishForMessage<string>(text => text == "b"));
        ExpectNoMsg(Short);
    }

    [Fact]
    public void FishForMessage_FailsWhenTheTimeIsOver() => Assert.ThrowsAny<XunitException>(() => FishForMessage(_ => true, Short));

    [Fact]
    public void ReceiveN_TakesSoMany_OrFails()
    {
        for (var i = 0; i < 3; i++) TestActor.Tell(i);
        Assert.Equal(new object[] { 0, 1 }, ReceiveN(2));
        Assert.ThrowsAny<XunitException>(() => ReceiveN(2, Short));
    }

    [Fact]
    public void ReceiveWhile_LeavesTheMessageThatEndsIt()
    {
        foreach (var message in new object[] { "a", "b", 3, "c" }) TestActor.Tell(message);
        Assert.Equal(["a", "b"], ReceiveWhile(TimeSpan.FromSeconds(5), message => message as string));
        ExpectMsg(3);
        ExpectMsg("c");
    }

    [Fact]
    public void PeekOne_LeavesTheMessage()
    {
        TestActor.Tell("a");
        Assert.Equal("a", PeekOne(TimeSpan.FromSeconds(5)));
        ExpectMsg("a");
    }

    [Fact]
    public void ReceiveOne_AnswersNull_WhenNothingArrives() => Assert.Null(ReceiveOne(TimeSpan.Zero));

    [Fact]
    public void ExpectTerminated_TellsTheEndOfAWatchedActor()
    {
        var actor = Sys.ActorOf(Props.Create<Echo>());
        Watch(actor);
        Sys.Stop(actor);
        Assert.Equal(actor, ExpectTerminated(actor).ActorRef);
    }

    [Fact]
    public void IgnoredMessages_DoNotArrive()
    {
        IgnoreMessages<string>();
        TestActor.Tell("a");
        TestActor.Tell(1);
        ExpectMsg(1);
        IgnoreNoMessages();
        TestActor.Tell("b");
        ExpectMsg("b");
    }

    [Fact]
    public async Task TheTestActorIsTheSender_OfWhatTheTestTells_AlsoAfterAnAwait()
    {
        var echo = Sys.ActorOf(Props.Create<Echo>());
        echo.Tell("before");
        ExpectMsg("before");
        await Task.Yield();
        echo.Tell("after");
        await ExpectMsgAsync("after");
        Assert.Equal(echo, LastSender);
    }
}
