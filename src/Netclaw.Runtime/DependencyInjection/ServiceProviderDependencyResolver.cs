using Akka.Actor;
using Microsoft.Extensions.DependencyInjection;

namespace Akka.DependencyInjection;

/// <summary>Resolves from an <see cref="IServiceProvider"/>.</summary>
public class ServiceProviderDependencyResolver(IServiceProvider serviceProvider) : IDependencyResolver
{
    public IServiceProvider ServiceProvider { get; } = serviceProvider ?? throw new ArgumentNullException(nameof(serviceProvider));

    public IResolverScope CreateScope() => new ServiceProviderScope(ServiceProvider.CreateScope());

    public object? GetService(Type type) => ServiceProvider.GetService(type);

    public T? GetService<T>() => ServiceProvider.GetService<T>();

    public Props Props(Type type) => Props(type, []);

    public Props Props(Type type, params object[] args)
        => typeof(ActorBase).IsAssignableFrom(type)
            ? Actor.Props.CreateBy(new ServiceProviderActorProducer(ServiceProvider, type, args))
            : throw new ArgumentException($"{type} is not an actor: it does not derive from {nameof(ActorBase)}.", nameof(type));

    public Props Props<T>(params object[] args) where T : ActorBase => Props(typeof(T), args);
}

/// <inheritdoc cref="IResolverScope"/>
public class ServiceProviderScope(IServiceScope scope) : IResolverScope
{
    public IDependencyResolver Resolver { get; } = new ServiceProviderDependencyResolver(scope.ServiceProvider);

    public void Dispose() => scope.Dispose();
}
