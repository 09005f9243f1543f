using Akka.Configuration;
using Akka.Util;

namespace Akka.Actor;

/// <summary>Makes the strategy that <c>akka.actor.guardian-supervisor-strategy</c> names.</summary>
/// <remarks>Akka.NET documentation, "Supervision and Monitoring".</remarks>
public abstract class SupervisorStrategyConfigurator
{
    /// <summary>Derived classes need a constructor without arguments.</summary>
    protected SupervisorStrategyConfigurator()
    {
    }

    /// <exception cref="ConfigurationException">The name is no such type.</exception>
    public static SupervisorStrategyConfigurator CreateConfigurator(string typeName) =>
        typeName == "Akka.Actor.DefaultSupervisorStrategy" ? new DefaultSupervisorStrategy() : // every start pays for reflection
        Activator.CreateInstance(NamedType.Get(typeName, "akka.actor.guardian-supervisor-strategy")) as SupervisorStrategyConfigurator
        ?? throw new ConfigurationException($"akka.actor.guardian-supervisor-strategy names {typeName}, which is no SupervisorStrategyConfigurator.");

    /// <summary>The strategy for /user.</summary>
    public abstract SupervisorStrategy Create();
}

/// <summary>Restarts, and stops what cannot start or was killed.</summary>
/// <remarks>Akka.NET documentation, "Supervision and Monitoring".</remarks>
public class DefaultSupervisorStrategy : SupervisorStrategyConfigurator
{
    /// <inheritdoc/>
    public override SupervisorStrategy Create() => SupervisorStrategy.DefaultStrategy;
}

/// <summary>Stops whatever fails.</summary>
/// <remarks>Akka.NET documentation, "Supervision and Monitoring".</remarks>
public class StoppingSupervisorStrategy : SupervisorStrategyConfigurator
{
    /// <inheritdoc/>
    public override SupervisorStrategy Create() => SupervisorStrategy.StoppingStrategy;
}
