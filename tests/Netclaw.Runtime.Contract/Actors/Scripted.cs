using Akka.Actor;

namespace Netclaw.Runtime.Contract.Actors;

/// <summary>An actor whose life is told to a listener, and which does what the messages say.</summary>
public sealed class Scripted : ReceiveActor
{
    private readonly IActorRef listener;

    public Scripted(IActorRef listener)
    {
        this.listener = listener;
        Receive<Exception>(error => throw error);
        Receive<Spawn>(spawn => Sender.Tell(Context.ActorOf(spawn.Props, spawn.Name)));
        Receive<StopChild>(stop => Context.Stop(stop.Child));
        Receive<WatchIt>(watch =>
        {
            if (watch.With is null)
                Context.Watch(watch.Subject);
            else
                Context.WatchWith(watch.Subject, watch.With);
        });
        Receive<UnwatchIt>(unwatch => Context.Unwatch(unwatch.Subject));
        Receive<Gate>(gate => gate.Pass());
        Receive<Do>(act => act.Action(Context));
        Receive<Terminated>(terminated => listener.Tell(new Gone(terminated.ActorRef)));
        ReceiveAny(message => listener.Tell(message, Sender));
    }

    public static Props Props(IActorRef listener, SupervisorStrategy? strategy = null)
    {
        var props = Akka.Actor.Props.Create(() => new Scripted(listener));
        return strategy is null ? props : props.WithSupervisorStrategy(strategy);
    }

    protected override void PreStart() => listener.Tell("PreStart");

    protected override void PostStop() => listener.Tell("PostStop");

    protected override void PreRestart(Exception reason, object message)
    {
        listener.Tell(new Restarting(reason, message));
        base.PreRestart(reason, message);
    }

    protected override void PostRestart(Exception reason) => listener.Tell(new Restarted(reason));

    public sealed record Spawn(Props Props, string? Name = null);

    public sealed record StopChild(IActorRef Child);

    public sealed record WatchIt(IActorRef Subject, object? With = null);

    public sealed record UnwatchIt(IActorRef Subject);

    /// <summary>The actor got Terminated. (Sent as it is, the listener's own death watch would drop it.)</summary>
    public sealed record Gone(IActorRef ActorRef);

    public sealed record Do(Action<IActorContext> Action);

    public sealed record Restarting(Exception Reason, object Message);

    public sealed record Restarted(Exception Reason);

    /// <summary>Holds an actor inside its handler until the test lets it go.</summary>
    public sealed class Gate
    {
        private readonly TaskCompletionSource entered = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly ManualResetEventSlim open = new();

        public Task Entered => entered.Task.WaitAsync(Mailbag.Patience);

        public void Open() => open.Set();

        public void Pass()
        {
            entered.SetResult();
            if (!open.Wait(Mailbag.Patience))
                throw new TimeoutException("The gate was never opened.");
        }
    }
}
