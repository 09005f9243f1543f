using Akka.Actor;
using Akka.Configuration;

namespace Akka.DependencyInjection;

/// <summary>
/// Makes Props of actors whose constructors take services: <c>DependencyResolver.For(system).Props&lt;T&gt;(args)</c>
/// (Akka.NET documentation, "Dependency Injection"). Needs <see cref="DependencyResolverSetup"/> in the actor system's setup.
/// </summary>
public sealed class DependencyResolver(IDependencyResolver resolver) : IExtension
{
    /// <summary>Where services come from.</summary>
    public IDependencyResolver Resolver { get; } = resolver;

    /// <exception cref="ConfigurationException">The system was created without a <see cref="DependencyResolverSetup"/>.</exception>
    public static DependencyResolver For(ActorSystem actorSystem) => actorSystem.WithExtension<DependencyResolver, DependencyResolverExtension>();

    /// <summary>Of an actor whose constructor takes the arguments given, then services.</summary>
    public Props Props(Type type) => Resolver.Props(type);

    /// <summary>Of an actor whose constructor takes the arguments given, then services.</summary>
    public Props Props(Type type, params object[] args) => Resolver.Props(type, args);

    /// <summary>Of an actor whose constructor takes the arguments given, then services.</summary>
    public Props Props<T>() where T : ActorBase => Resolver.Props<T>();

    /// <summary>Props of <typeparamref name="T"/>; what <paramref name="args"/> do not give its constructor comes from the container.</summary>
    public Props Props<T>(params object[] args) where T : ActorBase => Resolver.Props<T>(args);
}

/// <inheritdoc cref="DependencyResolver"/>
/// <remarks>Akka.NET documentation, "Dependency Injection".</remarks>
public sealed class DependencyResolverExtension : ExtensionIdProvider<DependencyResolver>
{
    /// <inheritdoc/>
    public override DependencyResolver CreateExtension(ExtendedActorSystem system)
    {
        var setup = system.Settings.Setup.Get<DependencyResolverSetup>();
        return setup.HasValue
            ? new DependencyResolver(setup.Value.DependencyResolver)
            : throw new ConfigurationException("Unable to find [DependencyResolverSetup] included in ActorSystem settings. Please specify one before attempting to use dependency injection inside Akka.NET.");
    }
}
