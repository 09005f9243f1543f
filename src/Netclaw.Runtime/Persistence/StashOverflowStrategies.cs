using Akka.Configuration;

namespace Akka.Persistence;

/// <summary>What happens to a command that finds the internal stash full (<c>akka.actor.default-mailbox.stash-capacity</c>).</summary>
/// <remarks>Akka.NET documentation, "Persistence: Event Sourcing".</remarks>
public interface IStashOverflowStrategy;

/// <summary>Makes a strategy from the configuration key <c>akka.persistence.internal-stash-overflow-strategy</c>.</summary>
/// <remarks>Akka.NET documentation, "Persistence: Event Sourcing".</remarks>
public interface IStashOverflowStrategyConfigurator
{
    /// <summary>By the configuration of persistence.</summary>
    IStashOverflowStrategy Create(Config config);
}

/// <summary>The command becomes a dead letter.</summary>
/// <remarks>Akka.NET documentation, "Persistence: Event Sourcing".</remarks>
public class DiscardToDeadLetterStrategy : IStashOverflowStrategy
{
    private DiscardToDeadLetterStrategy()
    {
    }

    /// <summary>The only instance.</summary>
    public static DiscardToDeadLetterStrategy Instance { get; } = new();
}

/// <summary>The actor fails with a StashOverflowException, so its supervisor decides. The default.</summary>
/// <remarks>Akka.NET documentation, "Persistence: Event Sourcing".</remarks>
public class ThrowOverflowExceptionStrategy : IStashOverflowStrategy
{
    private ThrowOverflowExceptionStrategy()
    {
    }

    /// <summary>The only instance.</summary>
    public static ThrowOverflowExceptionStrategy Instance { get; } = new();
}

/// <summary>The command is dropped and its sender gets the response.</summary>
/// <remarks>Akka.NET documentation, "Persistence: Event Sourcing".</remarks>
public sealed class ReplyToStrategy(object response) : IStashOverflowStrategy
{
    /// <summary>Sent to whoever sent the command.</summary>
    public object Response { get; } = response;
}

/// <summary>Commands that overflow are dead letters.</summary>
/// <remarks>Akka.NET documentation, "Persistence: Event Sourcing".</remarks>
public sealed class DiscardConfigurator : IStashOverflowStrategyConfigurator
{
    /// <inheritdoc/>
    public IStashOverflowStrategy Create(Config config) => DiscardToDeadLetterStrategy.Instance;
}

/// <summary>A command that overflows fails the actor.</summary>
/// <remarks>Akka.NET documentation, "Persistence: Event Sourcing".</remarks>
public sealed class ThrowExceptionConfigurator : IStashOverflowStrategyConfigurator
{
    /// <inheritdoc/>
    public IStashOverflowStrategy Create(Config config) => ThrowOverflowExceptionStrategy.Instance;
}
