using Akka.Actor;
using Akka.Pattern;
using Akka.TestKit.Xunit2;

namespace Netclaw.Runtime.Contract.Pattern;

public sealed class BackoffSupervisorTests : TestKit
{
    private static readonly TimeSpan Least = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan Most = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan Never = TimeSpan.FromHours(1);

    private Props Child => Props.Create(() => new Worker(TestActor));

    [Fact]
    public void PassesMessagesToTheChild_WithTheirSender()
    {
        var supervisor = Sys.ActorOf(BackoffSupervisor.Props(Child, "worker", Least, Most, 0));
        var first = ExpectMsg<Started>().Ref;
        supervisor.Tell("hello");
        ExpectMsg("hello");
        Assert.Equal(first, LastSender);
    }

    [Fact]
    public void OnStop_StartsTheChildAgain_WhenItStops()
    {
        var supervisor = Sys.ActorOf(BackoffSupervisor.Props(Backoff.OnStop(Child, "worker", Least, Most, 0)));
        var first = ExpectMsg<Started>().Ref;
        first.Tell(PoisonPill.Instance);
        var second = ExpectMsg<Started>().Ref;
        Assert.NotEqual(first, second);
        Assert.Equal(first.Path, second.Path);
        Assert.Equal(supervisor.Path, second.Path.Parent);
    }

    [Fact]
    public void OnFailure_StartsTheChildAgain_WhenItFails()
    {
        Sys.ActorOf(BackoffSupervisor.Props(Backoff.OnFailure(Child, "worker", Least, Most, 0)));
        var first = ExpectMsg<Started>().Ref;
        first.Tell(new InvalidOperationException("as told"));
        Assert.NotEqual(first, ExpectMsg<Started>().Ref);
    }

    [Fact]
    public void OnFailure_StopsWithTheChild_WhenItStopsByItself()
    {
        var supervisor = Sys.ActorOf(BackoffSupervisor.Props(Backoff.OnFailure(Child, "worker", Least, Most, 0)));
        var first = ExpectMsg<Started>().Ref;
        Watch(supervisor);
        first.Tell(PoisonPill.Instance);
        ExpectTerminated(supervisor);
    }

    [Fact]
    public void CountsRestarts_AndResetsByHand()
    {
        var supervisor = Sys.ActorOf(BackoffSupervisor.Props(Backoff.OnStop(Child, "worker", Least, Most, 0).WithManualReset()));
        ExpectMsg<Started>().Ref.Tell(PoisonPill.Instance);
        ExpectMsg<Started>();
        supervisor.Tell(BackoffSupervisor.GetRestartCount.Instance);
        Assert.Equal(1, ExpectMsg<BackoffSupervisor.RestartCount>().Count);
        supervisor.Tell(BackoffSupervisor.Reset.Instance);
        supervisor.Tell(BackoffSupervisor.GetRestartCount.Instance);
        Assert.Equal(0, ExpectMsg<BackoffSupervisor.RestartCount>().Count);
    }

    [Fact]
    public void ResetsByItself_WhenTheChildLivesLongEnough()
    {
        var supervisor = Sys.ActorOf(BackoffSupervisor.Props(Backoff.OnStop(Child, "worker", Least, Most, 0).WithAutoReset(Least)));
        ExpectMsg<Started>().Ref.Tell(PoisonPill.Instance);
        ExpectMsg<Started>();
        AwaitAssert(() =>
        {
            supervisor.Tell(BackoffSupervisor.GetRestartCount.Instance);
            Assert.Equal(0, ExpectMsg<BackoffSupervisor.RestartCount>().Count);
        });
    }

    [Fact]
    public void AnswersWhileThereIsNoChild()
    {
        var supervisor = Sys.ActorOf(BackoffSupervisor.Props(Backoff.OnStop(Child, "worker", Never, Never, 0).WithReplyWhileStopped("later")));
        var first = ExpectMsg<Started>().Ref;
        first.Tell(PoisonPill.Instance);
        AwaitAssert(() =>
        {
            supervisor.Tell(BackoffSupervisor.GetCurrentChild.Instance);
            Assert.True(ExpectMsg<BackoffSupervisor.CurrentChild>().Ref.IsNobody());
        });
        supervisor.Tell("hello");
        ExpectMsg("later");
    }

    [Fact]
    public void FinalStopMessage_EndsTheSupervisorWithTheChild()
    {
        var supervisor = Sys.ActorOf(BackoffSupervisor.Props(Backoff.OnStop(Child, "worker", Least, Most, 0).WithFinalStopMessage(message => message is "stop")));
        ExpectMsg<Started>();
        Watch(supervisor);
        supervisor.Tell("stop");
        ExpectTerminated(supervisor);
    }

    [Fact]
    public void GivesUp_AfterTheRetriesAllowed()
    {
        var supervisor = Sys.ActorOf(BackoffSupervisor.Props(Backoff.OnFailure(Child, "worker", Least, Most, 0).WithMaxNrOfRetries(1)));
        Watch(supervisor);
        ExpectMsg<Started>().Ref.Tell(new InvalidOperationException("one"));
        ExpectMsg<Started>().Ref.Tell(new InvalidOperationException("two"));
        ExpectTerminated(supervisor);
    }

    [Fact]
    public void TellsItsChild()
    {
        var supervisor = Sys.ActorOf(BackoffSupervisor.Props(Child, "worker", Least, Most, 0));
        var first = ExpectMsg<Started>().Ref;
        supervisor.Tell(BackoffSupervisor.GetCurrentChild.Instance);
        Assert.Equal(first, ExpectMsg<BackoffSupervisor.CurrentChild>().Ref);
    }

    private sealed record Started(IActorRef Ref);

    private sealed class Worker : UntypedActor
    {
        private readonly IActorRef _listener;

        public Worker(IActorRef listener) => _listener = listener;

        protected override void PreStart() => _listener.Tell(new Started(Self));

        protected override void OnReceive(object message)
        {
            switch (message)
            {
                case Exception failure: throw failure;
                case "stop":
                    Context.Stop(Self);
                    break;
                default:
                    Sender.Tell(message, Self);
                    break;
            }
        }
    }
}
