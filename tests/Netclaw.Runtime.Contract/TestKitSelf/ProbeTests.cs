using Akka.Actor;
using Akka.TestKit;
using Akka.TestKit.Xunit2;

namespace Netclaw.Runtime.Contract.TestKitSelf;

public sealed class ProbeTests : TestKit
{
    [Fact]
    public void Probe_SendsAndReplies()
    {
        var first = CreateTestProbe();
        var second = CreateTestProbe();
        first.Send(second.Ref, "question");
        second.ExpectMsg("question");
        Assert.Equal(first.Ref, second.Sender);
        second.Reply("answer");
        first.ExpectMsg("answer");
    }

    [Fact]
    public void Probe_IsAReferenceItself()
    {
        var probe = CreateTestProbe();
        var echo = Sys.ActorOf(Props.Create<Echo>());
        echo.Tell("a", probe);
        probe.ExpectMsg("a");
        Assert.Equal(probe.Ref.Path, ((IActorRef)probe).Path);
    }

    [Fact]
    public void Probe_ForwardsWithTheSender()
    {
        var first = CreateTestProbe();
        first.Ref.Tell("a", TestActor);
        first.ExpectMsg("a");
        var second = CreateTestProbe();
        first.Forward(second.Ref);
        second.ExpectMsg("a");
        Assert.Equal(TestActor, second.Sender);
    }

    [Fact]
    public void Probe_HasTheNameItIsGiven() => Assert.StartsWith("journal", CreateTestProbe("journal").Ref.Path.Name, StringComparison.Ordinal);

    [Fact]
    public void Probe_CanBeWatched()
    {
        var probe = CreateTestProbe();
        Watch(probe.Ref);
        Sys.Stop(probe.Ref);
        ExpectTerminated(probe.Ref);
    }

    [Fact]
    public void AutoPilot_AnswersUntilItStops()
    {
        var probe = CreateTestProbe();
        probe.SetAutoPilot(new DelegateAutoPilot((sender, message) =>
        {
            sender.Tell($"auto {message}", ActorRefs.NoSender);
            return message is "last" ? AutoPilot.NoAutoPilot : AutoPilot.KeepRunning;
        }));
        probe.Ref.Tell("first", TestActor);
        probe.Ref.Tell("last", TestActor);
        probe.Ref.Tell("more", TestActor);
        ExpectMsg("auto first");
        ExpectMsg("auto last");
        foreach (var message in new[] { "first", "last", "more" }) probe.ExpectMsg(message);
        ExpectNoMsg(TimeSpan.FromMilliseconds(20));
    }

    [Fact]
    public void ChildActorOf_MakesAChildOfTheTestActor_UnderTheGivenStrategy()
    {
        var child = ChildActorOf(Props.Create<Breaks>(), "child", new OneForOneStrategy(_ => Directive.Stop));
        Assert.Equal(TestActor.Path, child.Path.Parent);
        Watch(child);
        child.Tell("break");
        ExpectTerminated(child);
    }

    private sealed class Breaks : UntypedActor
    {
        protected override void OnReceive(object message) => throw new InvalidOperationException("broken as told");
    }
}
