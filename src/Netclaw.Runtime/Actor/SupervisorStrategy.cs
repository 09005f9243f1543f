using Akka.Event;

namespace Akka.Actor;

/// <summary>What a supervisor does about a child that failed.</summary>
/// <remarks>Akka.NET documentation, "Supervision and Monitoring".</remarks>
public enum Directive
{
    /// <summary>Go on with the next message; the instance keeps its state.</summary>
    Resume = 0,

    /// <summary>A new instance goes on with the next message.</summary>
    Restart = 1,

    /// <summary>Fail oneself, with the same cause.</summary>
    Escalate = 2,

    /// <summary>Stop the child.</summary>
    Stop = 3,
}

/// <summary>Decides and acts when a child fails.</summary>
/// <remarks>Akka.NET documentation, "Supervision and Monitoring".</remarks>
public abstract class SupervisorStrategy
{
    /// <summary>Stops on failed or killed creation, restarts on any other exception.</summary>
    public static readonly IDecider DefaultDecider = Akka.Actor.Decider.From(static cause =>
        cause is ActorInitializationException or ActorKilledException or DeathPactException ? Directive.Stop : Directive.Restart);

    /// <summary>One for one, the default decider, no limit.</summary>
    public static readonly SupervisorStrategy DefaultStrategy = new OneForOneStrategy(DefaultDecider);

    /// <summary>Stops the child whatever it fails with.</summary>
    public static readonly OneForOneStrategy StoppingStrategy = new(Akka.Actor.Decider.From(static _ => Directive.Stop));

    /// <summary>For the two strategies.</summary>
    protected SupervisorStrategy()
    {
    }

    /// <summary>Turns a failure into a directive.</summary>
    public abstract IDecider Decider { get; }

    /// <summary>Whether failures are logged.</summary>
    protected bool LoggingEnabled { get; set; } = true;

    /// <summary>What becomes of the child; called on the supervisor.</summary>
    protected abstract Directive Handle(IActorRef child, Exception exception);

    /// <summary>False when the failure is escalated.</summary>
    internal bool HandleFailure(ActorCell parent, LocalActorRef child, Exception cause, ActorChildren children)
    {
        var directive = Handle(child, cause);
        LogFailure(parent, child, cause, directive);
        switch (directive)
        {
            case Directive.Escalate:
                return false;
            case Directive.Resume:
                child.Resume(cause);
                return true;
            default:
                ProcessFailure(parent, directive == Directive.Restart, child, cause, children);
                return true;
        }
    }

    /// <summary>Restarts or stops the child, and its siblings where the strategy says so.</summary>
    internal abstract void ProcessFailure(ActorCell parent, bool restart, LocalActorRef child, Exception cause, ActorChildren children);

    /// <summary>Called before the directive is carried out.</summary>
    protected virtual void LogFailure(IActorContext context, IActorRef child, Exception cause, Directive directive)
    {
        if (!LoggingEnabled || directive == Directive.Escalate)
            return;
        var reason = cause is ActorInitializationException { InnerException: { } inner } ? inner : cause;
        var message = reason.Message;
        var source = child.Path.ToString();
        var type = child is LocalActorRef local ? local.Cell.Props.Type : child.GetType();
        context.System.EventStream.Publish(directive == Directive.Resume
            ? new Warning(cause, source, type, message)
            : new Error(cause, source, type, message));
    }
}
