using Akka.Actor;

namespace Akka.TestKit.Internal;

/// <summary>The actor behind a test kit: takes orders, lets the pilot answer, and queues everything else for the test.</summary>
internal sealed class InternalTestActor(MessageQueue queue) : ActorBase
{
    private readonly DelegatingSupervisorStrategy _supervisorStrategy = new();
    private TestActor.Ignore? _ignore;
    private AutoPilot _pilot = NoAutoPilot.Instance;

    protected override SupervisorStrategy SupervisorStrategy() => _supervisorStrategy;

    protected override bool Receive(object message)
    {
        switch (message)
        {
            case TestActor.SetIgnore order:
                _ignore = order.Ignore;
                return true;
            case TestActor.Watch order:
                Context.Watch(order.Actor);
                return true;
            case TestActor.Unwatch order:
                Context.Unwatch(order.Actor);
                return true;
            case TestActor.SetAutoPilot order:
                _pilot = order.AutoPilot;
                return true;
            case TestActor.Spawn order:
                var child = order.Apply(Context);
                if (order._supervisorStrategy.HasValue) _supervisorStrategy.Update(child, order._supervisorStrategy.Value);
                Queue(child);
                return true;
        }

        var next = _pilot.Run(Sender, message);
        if (next is not KeepRunning) _pilot = next;
        if (_ignore is null || !_ignore(message)) Queue(message);
        return true;
    }

    private void Queue(object message) => queue.Add(new RealMessageEnvelope(message, Sender));
}
