using Akka.Actor;

namespace Akka.TestKit;

/// <summary>Answers messages for a test actor, before the test sees them.</summary>
/// <remarks>Akka.NET documentation, "Testing Actor Systems".</remarks>
public abstract class AutoPilot
{
    /// <summary>Nobody answers from now on.</summary>
    public static NoAutoPilot NoAutoPilot => TestKit.NoAutoPilot.Instance;

    /// <summary>The same pilot goes on.</summary>
    public static KeepRunning KeepRunning => TestKit.KeepRunning.Instance;

    /// <summary>Acts on a message.</summary>
    /// <returns>Who acts on the next one: another pilot, <see cref="TestKit.KeepRunning"/> for this one again, <see cref="TestKit.NoAutoPilot"/> for none.</returns>
    public abstract AutoPilot Run(IActorRef sender, object message);
}

/// <summary>No automatic answers any more.</summary>
/// <remarks>Akka.NET documentation, "Testing Actor Systems".</remarks>
public sealed class NoAutoPilot : AutoPilot
{
    /// <summary>The only instance.</summary>
    public static NoAutoPilot Instance = new();

    private NoAutoPilot()
    {
    }

    /// <inheritdoc/>
    public override AutoPilot Run(IActorRef sender, object message) => this;
}

/// <summary>The pilot that ran goes on.</summary>
/// <remarks>Akka.NET documentation, "Testing Actor Systems".</remarks>
public sealed class KeepRunning : AutoPilot
{
    /// <summary>The only instance.</summary>
    public static KeepRunning Instance = new();

    private KeepRunning()
    {
    }

    /// <inheritdoc/>
    public override AutoPilot Run(IActorRef sender, object message)
        => throw new InvalidOperationException("KeepRunning says that the present pilot goes on; it cannot be one itself.");
}

/// <summary>Answers a message and says who answers the next.</summary>
/// <remarks>Akka.NET documentation, "Testing Actor Systems".</remarks>
public delegate AutoPilot AutoPilotDelegate(IActorRef sender, object message);

/// <summary>A pilot made of a function.</summary>
/// <remarks>Akka.NET documentation, "Testing Actor Systems".</remarks>
public sealed class DelegateAutoPilot(AutoPilotDelegate autoPilotDelegate) : AutoPilot
{
    /// <inheritdoc/>
    public override AutoPilot Run(IActorRef sender, object message) => autoPilotDelegate(sender, message);
}
