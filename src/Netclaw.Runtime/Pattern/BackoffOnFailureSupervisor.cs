using Akka.Actor;

namespace Akka.Pattern;

/// <summary>Starts its child again, after ever longer waits, when it fails; stops when the child stops by itself.</summary>
internal sealed class BackoffOnFailureSupervisor(BackoffSettings settings) : BackoffSupervisorBase(settings)
{
    private bool _failed;

    /// <summary>A failure which the strategy would restart for stops the child, and its end schedules the next start.</summary>
    protected override SupervisorStrategy SupervisorStrategy() => new OneForOneStrategy(cause =>
    {
        var directive = Settings.Strategy.Decider.Decide(cause);
        if (directive != Directive.Restart) return directive;
        _failed = true;
        return Directive.Stop;
    });

    protected override bool Receive(object message)
    {
        if (message is not Terminated ended || !ended.ActorRef.Equals(Child)) return HandleBackoff(message);
        if (_failed) StartAgainLater();
        else Context.Stop(Self);
        _failed = false;
        return true;
    }
}
