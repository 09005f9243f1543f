using Akka.Actor;
using Akka.Configuration;

namespace Akka.Persistence;

/// <summary>The extension id of persistence.</summary>
public class Persistence : ExtensionIdProvider<PersistenceExtension>
{
    private static readonly Lazy<Config> Reference =
        new(() => ConfigurationFactory.FromResource("Akka.Persistence.persistence.conf", typeof(Persistence).Assembly));

    public static Persistence Instance { get; } = new();

    /// <summary>The defaults: every key of <c>akka.persistence</c> that is read.</summary>
    public static Config DefaultConfig() => Reference.Value;

    public override PersistenceExtension CreateExtension(ExtendedActorSystem system) => new(system);
}
