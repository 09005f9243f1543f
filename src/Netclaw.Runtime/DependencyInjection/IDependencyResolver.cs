using Akka.Actor;

namespace Akka.DependencyInjection;

/// <summary>Makes actors and services from a container.</summary>
public interface IDependencyResolver
{
    IResolverScope CreateScope();

    /// <summary>A service, or null if it is not registered.</summary>
    object? GetService(Type type);

    T? GetService<T>();

    Props Props(Type type);

    Props Props(Type type, params object[] args);

    Props Props<T>(params object[] args) where T : ActorBase;
}

/// <summary>Services that live until the scope is disposed.</summary>
public interface IResolverScope : IDisposable
{
    IDependencyResolver Resolver { get; }
}
