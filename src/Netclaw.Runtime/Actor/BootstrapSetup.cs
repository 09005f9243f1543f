using Akka.Configuration;
using Akka.Util;

namespace Akka.Actor;

/// <summary>The configuration a system starts with.</summary>
/// <remarks>Akka.NET documentation, "Actor Systems".</remarks>
public sealed class BootstrapSetup : Setup.Setup
{
    private BootstrapSetup(Option<Config> config, Option<ProviderSelection> provider)
    {
        Config = config;
        ActorRefProvider = provider;
    }

    /// <summary>The configuration; without one the application's own is read.</summary>
    public Option<Config> Config { get; }

    /// <summary>Which kind of system; without one the configuration says.</summary>
    public Option<ProviderSelection> ActorRefProvider { get; }

    /// <summary>An empty one.</summary>
    public static BootstrapSetup Create() => new(Option<Config>.None, Option<ProviderSelection>.None);

    /// <summary>With that configuration.</summary>
    public BootstrapSetup WithConfig(Config config) => new(config, ActorRefProvider);

    /// <summary>With that configuration behind the one it has.</summary>
    public BootstrapSetup WithConfigFallback(Config config) =>
        new(Config.HasValue ? Config.Value.WithFallback(config) : config, ActorRefProvider);

    /// <summary>Of that kind.</summary>
    public BootstrapSetup WithActorRefProvider(ProviderSelection name) => new(Config, name);
}

/// <summary>Which references a system has. The embedded runtime has local ones.</summary>
/// <remarks>Akka.NET documentation, "Actor Systems".</remarks>
public abstract class ProviderSelection
{
    private ProviderSelection()
    {
    }

    /// <summary>A system that listens to nobody.</summary>
    public sealed class Local : ProviderSelection
    {
        /// <summary>The only instance.</summary>
        public static readonly Local Instance = new();

        private Local()
        {
        }
    }
}
