using Akka.Actor;
using Netclaw.Runtime.Contract.Actors;
using Netclaw.Runtime.Contract.Timers;

namespace Netclaw.Runtime.Contract.Fsm;

public sealed class FsmTests() : ActorHarness(ManualScheduler.Hocon)
{
    private ManualScheduler Clock => (ManualScheduler)System.Scheduler;

    [Fact]
    public async Task Transitions_AreToldToSubscribers()
    {
        var (mailbag, door) = NewDoor();
        door.Tell(new FSMBase.SubscribeTransitionCallBack(mailbag.Ref));
        Assert.Equal(Door.Shut, (await mailbag.Next<FSMBase.CurrentState<Door>>()).State);
        door.Tell("open");
        var transition = await mailbag.Next<FSMBase.Transition<Door>>();
        Assert.Equal((Door.Shut, Door.Open), (transition.From, transition.To));
    }

    [Fact]
    public async Task Replies_AndData_GoWithTheState()
    {
        var (_, door) = NewDoor();
        Assert.Equal("opened 1", await door.Ask<string>("open", Patience));
        Assert.Equal("shut", await door.Ask<string>("shut", Patience));
        Assert.Equal("opened 2", await door.Ask<string>("open", Patience));
    }

    [Fact]
    public async Task StateTimeout_ArrivesInItsStateOnly()
    {
        var (mailbag, door) = NewDoor();
        await door.Ask<string>("open", Patience);
        await Processed(door);
        Clock.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal("slammed", await mailbag.Next());
        Clock.Advance(TimeSpan.FromSeconds(50));
        await Processed(door);
        await mailbag.ExpectNothingMore();
    }

    [Fact]
    public async Task StaleStateTimeout_NeverArrives()
    {
        var (mailbag, door) = NewDoor();
        await door.Ask<string>("open", Patience);
        await Processed(door);
        var gate = new Scripted.Gate();
        door.Tell(gate);
        door.Tell("shut");
        await gate.Entered;
        Clock.Advance(TimeSpan.FromSeconds(6));
        gate.Open();
        await Processed(door);
        await mailbag.ExpectNothingMore();
    }

    [Fact]
    public async Task NamedTimer_FiresUntilCancelled()
    {
        var (mailbag, door) = NewDoor();
        await door.Ask<string>("creak", Patience);
        await Processed(door);
        Clock.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal("creak!", await mailbag.Next());
        Assert.Equal("creak!", await mailbag.Next());
        await door.Ask<string>("oil", Patience);
        Clock.Advance(TimeSpan.FromSeconds(9));
        await Processed(door);
        await mailbag.ExpectNothingMore();
    }

    [Fact]
    public async Task Stop_CallsTheTerminationHandlerOnce()
    {
        var (mailbag, door) = NewDoor();
        door.Tell("burn");
        var stopped = await mailbag.Next<FSMBase.StopEvent<Door, int>>();
        Assert.IsType<FSMBase.Normal>(stopped.Reason);
        Assert.Equal(Door.Shut, stopped.TerminatedState);
        using var limit = new CancellationTokenSource(Patience);
        await door.WatchAsync(limit.Token);
        await mailbag.ExpectNothingMore();
    }

    [Fact]
    public async Task Unhandled_GoesToWhenUnhandled()
    {
        var (mailbag, door) = NewDoor();
        door.Tell("knock");
        Assert.Equal("who is there? 0", await mailbag.Next());
    }

    private (Mailbag Mailbag, IActorRef Door) NewDoor()
    {
        var mailbag = NewMailbag();
        return (mailbag, System.ActorOf(Props.Create(() => new DoorMachine(mailbag.Ref))));
    }

    public enum Door
    {
        Shut,
        Open,
    }

    private sealed class DoorMachine : FSM<Door, int>
    {
        public DoorMachine(IActorRef listener)
        {
            StartWith(Door.Shut, 0);
            When(Door.Shut, message => message.FsmEvent switch
            {
                "open" => GoTo(Door.Open).Using(message.StateData + 1).Replying($"opened {message.StateData + 1}"),
                "burn" => Stop(),
                _ => null,
            });
            When(
                Door.Open,
                message =>
                {
                    switch (message.FsmEvent)
                    {
                        case "shut":
                            return GoTo(Door.Shut).Replying("shut");
                        case FSMBase.StateTimeout:
                            listener.Tell("slammed");
                            return GoTo(Door.Shut);
                        default:
                            return null;
                    }
                },
                TimeSpan.FromSeconds(5));
            WhenUnhandled(message =>
            {
                switch (message.FsmEvent)
                {
                    case "creak":
                        SetTimer("creak", "creak!", TimeSpan.FromSeconds(1), repeat: true);
                        return Stay().Replying("ok");
                    case "oil":
                        CancelTimer("creak");
                        return Stay().Replying("ok");
                    case "creak!":
                        listener.Tell("creak!");
                        return Stay();
                    case Scripted.Gate gate:
                        gate.Pass();
                        return Stay();
                    default:
                        listener.Tell($"who is there? {message.StateData}");
                        return Stay();
                }
            });
            OnTermination(stopped => listener.Tell(stopped));
            Initialize();
        }
    }
}
