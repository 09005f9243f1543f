using Akka.Configuration;
using Akka.Util;

namespace Akka.Actor;

/// <summary>Makes the strategy that <c>akka.actor.guardian-supervisor-strategy</c> names.</summary>
public abstract class SupervisorStrategyConfigurator
{
    protected SupervisorStrategyConfigurator()
    {
    }

    /// <exception cref="ConfigurationException">The name is no such type.</exception>
    public static SupervisorStrategyConfigurator CreateConfigurator(string typeName) =>
        typeName == "Akka.Actor.DefaultSupervisorStrategy" ? new DefaultSupervisorStrategy() : // every start pays for reflection
        Activator.CreateInstance(NamedType.Get(typeName, "akka.actor.guardian-supervisor-strategy")) as SupervisorStrategyConfigurator
        ?? throw new ConfigurationException($"akka.actor.guardian-supervisor-strategy names {typeName}, which is no SupervisorStrategyConfigurator.");

    public abstract SupervisorStrategy Create();
}

public class DefaultSupervisorStrategy : SupervisorStrategyConfigurator
{
    public override SupervisorStrategy Create() => SupervisorStrategy.DefaultStrategy;
}

public class StoppingSupervisorStrategy : SupervisorStrategyConfigurator
{
    public override SupervisorStrategy Create() => SupervisorStrategy.StoppingStrategy;
}
