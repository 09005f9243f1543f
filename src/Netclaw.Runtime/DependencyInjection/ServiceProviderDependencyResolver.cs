using Akka.Actor;
using Microsoft.Extensions.DependencyInjection;

namespace Akka.DependencyInjection;

/// <summary>Resolves from an <see cref="IServiceProvider"/>.</summary>
/// <remarks>Akka.NET documentation, "Dependency Injection".</remarks>
public class ServiceProviderDependencyResolver(IServiceProvider serviceProvider) : IDependencyResolver
{
    /// <summary>The host's.</summary>
    public IServiceProvider ServiceProvider { get; } = serviceProvider ?? throw new ArgumentNullException(nameof(serviceProvider));

    /// <inheritdoc/>
    public IResolverScope CreateScope() => new ServiceProviderScope(ServiceProvider.CreateScope());

    /// <inheritdoc/>
    public object? GetService(Type type) => ServiceProvider.GetService(type);

    /// <inheritdoc/>
    public T? GetService<T>() => ServiceProvider.GetService<T>();

    /// <inheritdoc/>
    public Props Props(Type type) => Props(type, []);

    /// <inheritdoc/>
    public Props Props(Type type, params object[] args)
        => typeof(ActorBase).IsAssignableFrom(type)
            ? Actor.Props.CreateBy(new ServiceProviderActorProducer(ServiceProvider, type, args))
            : throw new ArgumentException($"{type} is not an actor: it does not derive from {nameof(ActorBase)}.", nameof(type));

    /// <inheritdoc/>
    public Props Props<T>(params object[] args) where T : ActorBase => Props(typeof(T), args);
}

/// <inheritdoc cref="IResolverScope"/>
/// <remarks>Akka.NET documentation, "Dependency Injection".</remarks>
public class ServiceProviderScope(IServiceScope scope) : IResolverScope
{
    /// <inheritdoc/>
    public IDependencyResolver Resolver { get; } = new ServiceProviderDependencyResolver(scope.ServiceProvider);

    /// <inheritdoc/>
    public void Dispose() => scope.Dispose();
}
