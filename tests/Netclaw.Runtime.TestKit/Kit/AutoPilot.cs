using Akka.Actor;

namespace Akka.TestKit;

/// <summary>Answers messages for a test actor, before the test sees them.</summary>
public abstract class AutoPilot
{
    public static NoAutoPilot NoAutoPilot => TestKit.NoAutoPilot.Instance;

    public static KeepRunning KeepRunning => TestKit.KeepRunning.Instance;

    /// <summary>Acts on a message.</summary>
    /// <returns>Who acts on the next one: another pilot, <see cref="TestKit.KeepRunning"/> for this one again, <see cref="TestKit.NoAutoPilot"/> for none.</returns>
    public abstract AutoPilot Run(IActorRef sender, object message);
}

/// <summary>No automatic answers any more.</summary>
public sealed class NoAutoPilot : AutoPilot
{
    public static NoAutoPilot Instance = new();

    private NoAutoPilot()
    {
    }

    public override AutoPilot Run(IActorRef sender, object message) => this;
}

/// <summary>The pilot that ran goes on.</summary>
public sealed class KeepRunning : AutoPilot
{
    public static KeepRunning Instance = new();

    private KeepRunning()
    {
    }

    public override AutoPilot Run(IActorRef sender, object message)
        => throw new InvalidOperationException("KeepRunning says that the present pilot goes on; it cannot be one itself.");
}

public delegate AutoPilot AutoPilotDelegate(IActorRef sender, object message);

/// <summary>A pilot made of a function.</summary>
public sealed class DelegateAutoPilot(AutoPilotDelegate autoPilotDelegate) : AutoPilot
{
    public override AutoPilot Run(IActorRef sender, object message) => autoPilotDelegate(sender, message);
}
