using Akka.Actor;
using Akka.Actor.Setup;
using Akka.Configuration;
using Akka.DependencyInjection;
using Akka.Hosting.Configuration;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Akka.Hosting;

/// <summary>Adds an actor system to a host (Akka.Hosting documentation).</summary>
/// <remarks>Akka.NET documentation, "Akka.Hosting".</remarks>
public static class AkkaHostingExtensions
{
    /// <inheritdoc cref="AddAkka(IServiceCollection, string, Action{AkkaConfigurationBuilder, IServiceProvider})"/>
    public static IServiceCollection AddAkka(this IServiceCollection services, string actorSystemName, Action<AkkaConfigurationBuilder> builder)
        => services.AddAkka(actorSystemName, (configuration, _) => builder(configuration));

    /// <summary>
    /// Adds an actor system, its registry and <see cref="IRequiredActor{TActor}"/> to the services, and a hosted service that starts its
    /// actors with the host and ends it, by coordinated shutdown, when the host stops. <paramref name="builder"/> runs once, when the system is created.
    /// </summary>
    public static IServiceCollection AddAkka(this IServiceCollection services, string actorSystemName, Action<AkkaConfigurationBuilder, IServiceProvider> builder)
        => services.AddAkka<AkkaHostedService>(actorSystemName, builder);

    /// <summary>As above, with a hosted service of one's own.</summary>
    public static IServiceCollection AddAkka<T>(this IServiceCollection services, string actorSystemName, Action<AkkaConfigurationBuilder, IServiceProvider> builder) where T : AkkaHostedService
    {
        ArgumentNullException.ThrowIfNull(builder);
        var configuration = new AkkaConfigurationBuilder(services, actorSystemName);
        services.AddSingleton(provider =>
        {
            builder(configuration, provider);
            return configuration;
        });
        services.AddSingleton(static provider => provider.GetRequiredService<AkkaConfigurationBuilder>().Create(provider));
        services.AddSingleton(static provider => ActorRegistry.For(provider.GetRequiredService<ActorSystem>()));
        services.AddSingleton<IActorRegistry>(static provider => provider.GetRequiredService<ActorRegistry>());
        services.AddSingleton<IReadOnlyActorRegistry>(static provider => provider.GetRequiredService<ActorRegistry>());
        services.AddSingleton(typeof(IRequiredActor<>), typeof(RequiredActor<>));
        return services.AddHostedService<T>();
    }

    /// <summary>Adds configuration.</summary>
    public static AkkaConfigurationBuilder AddHocon(this AkkaConfigurationBuilder builder, Config hocon, HoconAddMode addMode)
    {
        builder.Add(hocon, addMode);
        return builder;
    }

    /// <summary>Adds configuration from .NET's own. See <see cref="ConfigurationHoconAdapter"/>.</summary>
    public static AkkaConfigurationBuilder AddHocon(this AkkaConfigurationBuilder builder, IConfiguration configuration, HoconAddMode addMode, bool normalizeKeys = true)
        => builder.AddHocon(configuration.ToHocon(normalizeKeys), addMode);

    /// <summary>Adds a file; its includes are relative to it.</summary>
    /// <exception cref="ConfigurationException">The file cannot be read, or is not HOCON.</exception>
    public static AkkaConfigurationBuilder AddHoconFile(this AkkaConfigurationBuilder builder, string hoconFilePath, HoconAddMode addMode)
        => builder.AddHocon(ConfigurationFactory.ParseFile(hoconFilePath), addMode);

    /// <summary>A setup for the system, in the place of one of its type.</summary>
    public static AkkaConfigurationBuilder AddSetup(this AkkaConfigurationBuilder builder, Setup setup)
    {
        ArgumentNullException.ThrowIfNull(setup);
        // BootstrapSetup is made from the builder's configuration; one added here would hide it.
        if (setup is BootstrapSetup)
            throw new ConfigurationException($"Add configuration with {nameof(AddHocon)} and the provider with {nameof(WithActorRefProvider)}, not with a {nameof(BootstrapSetup)}.");
        builder.Setups.RemoveWhere(present => present.GetType() == setup.GetType());
        builder.Setups.Add(setup);
        return builder;
    }

    /// <summary>Which kind of system.</summary>
    public static AkkaConfigurationBuilder WithActorRefProvider(this AkkaConfigurationBuilder builder, ProviderSelection providerSelection)
    {
        builder.Add(providerSelection);
        return builder;
    }

    /// <summary>How long an Ask without its own timeout waits.</summary>
    public static AkkaConfigurationBuilder WithActorAskTimeout(this AkkaConfigurationBuilder builder, TimeSpan timeout)
        => builder.AddHocon($"akka.actor.ask-timeout = {timeout.ToHocon(allowInfinite: true, zeroIsInfinite: true)}", HoconAddMode.Prepend);

    /// <summary>Starts actors when the system has started, in the order of the calls.</summary>
    public static AkkaConfigurationBuilder WithActors(this AkkaConfigurationBuilder builder, Action<ActorSystem, IActorRegistry> actorStarter) => builder.StartActors(actorStarter);

    /// <summary>Starts actors when the system has started, in the order of the calls.</summary>
    public static AkkaConfigurationBuilder WithActors(this AkkaConfigurationBuilder builder, Action<ActorSystem, IActorRegistry, IDependencyResolver> actorStarter) => builder.StartActors(actorStarter);

    /// <summary>Starts actors when the system has started, in the order of the calls.</summary>
    public static AkkaConfigurationBuilder WithActors(this AkkaConfigurationBuilder builder, ActorStarter actorStarter) => builder.StartActors(actorStarter);

    /// <summary>Starts actors with the host and registers them.</summary>
    public static AkkaConfigurationBuilder WithActors(this AkkaConfigurationBuilder builder, ActorStarterWithResolver actorStarter) => builder.StartActors(actorStarter);
}
