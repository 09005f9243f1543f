using Akka.Actor;
using Akka.Configuration;

namespace Akka.Persistence;

/// <summary>The extension id of persistence.</summary>
/// <remarks>Akka.NET documentation, "Persistence: Event Sourcing".</remarks>
public class Persistence : ExtensionIdProvider<PersistenceExtension>
{
    private static readonly Lazy<Config> Reference =
        new(() => ConfigurationFactory.FromResource("Akka.Persistence.persistence.conf", typeof(Persistence).Assembly));

    /// <summary>The only instance.</summary>
    public static Persistence Instance { get; } = new();

    /// <summary>The defaults: every key of <c>akka.persistence</c> that is read.</summary>
    public static Config DefaultConfig() => Reference.Value;

    /// <inheritdoc/>
    public override PersistenceExtension CreateExtension(ExtendedActorSystem system) => new(system);
}
