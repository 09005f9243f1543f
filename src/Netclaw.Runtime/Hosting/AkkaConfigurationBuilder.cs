using Akka.Actor;
using Akka.Actor.Setup;
using Akka.Configuration;
using Akka.DependencyInjection;
using Akka.Util;
using Microsoft.Extensions.DependencyInjection;

namespace Akka.Hosting;

/// <summary>
/// Collects what an actor system is made of: configuration, setups, the actors to start and what to run then. The system is created when
/// it is first asked for or the host starts; actors start with the host, one starter after another, and then the startup tasks.
/// </summary>
/// <remarks>Akka.NET documentation, "Akka.Hosting".</remarks>
public sealed partial class AkkaConfigurationBuilder
{
    /// <summary>For the system that will be made.</summary>
    public readonly HashSet<Setup> Setups = [];

    private readonly List<ActorStarterWithResolver> _starters = [];
    private readonly List<StartupTask> _startupTasks = [];
    private readonly List<Type> _extensions = [];

    /// <summary>Of the host with these services.</summary>
    public AkkaConfigurationBuilder(IServiceCollection serviceCollection, string actorSystemName)
    {
        ArgumentNullException.ThrowIfNull(serviceCollection);
        ArgumentException.ThrowIfNullOrEmpty(actorSystemName);
        ServiceCollection = serviceCollection;
        ActorSystemName = actorSystemName;
    }

    /// <summary>The configuration so far; what it does not say is the runtime's default.</summary>
    public Option<Config> Configuration { get; private set; } = Option<Config>.None;

    /// <summary>Which kind of system; without one the configuration says.</summary>
    public Option<ProviderSelection> ActorRefProvider { get; private set; } = Option<ProviderSelection>.None;

    internal IServiceCollection ServiceCollection { get; }

    internal string ActorSystemName { get; }

    /// <summary>Called once, in the order of the calls, when the system has started.</summary>
    public AkkaConfigurationBuilder StartActors(Action<ActorSystem, IActorRegistry> starter)
        => StartActors((system, registry, _) => starter(system, registry));

    /// <summary>Called once, in the order of the calls, when the system has started.</summary>
    public AkkaConfigurationBuilder StartActors(ActorStarter starter)
        => StartActors((ActorStarterWithResolver)((system, registry, _) => starter(system, registry)));

    /// <summary>Called once, in the order of the calls, when the system has started.</summary>
    public AkkaConfigurationBuilder StartActors(Action<ActorSystem, IActorRegistry, IDependencyResolver> starter)
        => StartActors((ActorStarterWithResolver)((system, registry, resolver) =>
        {
            starter(system, registry, resolver);
            return Task.CompletedTask;
        }));

    /// <summary>Called once, in the order of the calls, when the system has started.</summary>
    public AkkaConfigurationBuilder StartActors(ActorStarterWithResolver starter)
    {
        ArgumentNullException.ThrowIfNull(starter);
        _starters.Add(starter);
        return this;
    }

    /// <summary>Called once, after every actor was started.</summary>
    public AkkaConfigurationBuilder AddStartup(Action<ActorSystem, IActorRegistry> startupTask)
        => AddStartup((StartupTask)((system, registry) =>
        {
            startupTask(system, registry);
            return Task.CompletedTask;
        }));

    /// <summary>Runs a task when all actors are started; the host has started when it is done.</summary>
    public AkkaConfigurationBuilder AddStartup(StartupTask startupTask)
    {
        ArgumentNullException.ThrowIfNull(startupTask);
        _startupTasks.Add(startupTask);
        return this;
    }

    /// <summary>Creates an extension when the system starts.</summary>
    public AkkaConfigurationBuilder WithExtension<T>() where T : IExtensionId => WithExtensions(typeof(T));

    /// <summary>Creates extensions, given by the types of their ids, when the system starts.</summary>
    public AkkaConfigurationBuilder WithExtensions(params Type[] extensions)
    {
        foreach (var extension in extensions)
        {
            if (!typeof(IExtensionId).IsAssignableFrom(extension) || extension.IsAbstract || extension.GetConstructor(Type.EmptyTypes) is null)
                throw new ConfigurationException($"{extension} is not an extension: it needs to implement {nameof(IExtensionId)} and have a constructor without parameters.");
            if (!_extensions.Contains(extension)) _extensions.Add(extension);
        }

        return this;
    }

    internal void Add(Config config, HoconAddMode mode)
    {
        ArgumentNullException.ThrowIfNull(config);
        var present = Configuration.HasValue ? Configuration.Value : Config.Empty;
        Configuration = mode switch
        {
            HoconAddMode.Append => present.SafeWithFallback(config),
            HoconAddMode.Prepend => config.SafeWithFallback(present),
            HoconAddMode.Replace => config,
            _ => throw new ArgumentOutOfRangeException(nameof(mode), mode, null),
        };
    }

    internal void Add(ProviderSelection provider) => ActorRefProvider = provider;

    internal ActorSystem Create(IServiceProvider services)
    {
        var bootstrap = BootstrapSetup.Create();
        if (Configuration.HasValue) bootstrap = bootstrap.WithConfig(Configuration.Value);
        if (ActorRefProvider.HasValue) bootstrap = bootstrap.WithActorRefProvider(ActorRefProvider.Value);
        // A later setup replaces an earlier one of the same type.
        return ActorSystem.Create(ActorSystemName, ActorSystemSetup.Create([.. StandardSetups(services), .. Setups, bootstrap]));
    }

    internal async Task StartAsync(ActorSystem system)
    {
        var registry = ActorRegistry.For(system);
        foreach (var extension in _extensions) system.RegisterExtension((IExtensionId)Activator.CreateInstance(extension)!);
        var resolver = DependencyResolver.For(system).Resolver;
        foreach (var starter in _starters) await starter(system, registry, resolver).ConfigureAwait(false);
        foreach (var task in _startupTasks) await task(system, registry).ConfigureAwait(false);
    }

    private static IEnumerable<Setup> StandardSetups(IServiceProvider services)
    {
        yield return DependencyResolverSetup.Create(services);
        if (services.GetService<Microsoft.Extensions.Logging.ILoggerFactory>() is { } loggers) yield return new Logging.LoggerFactorySetup(loggers);
    }
}
