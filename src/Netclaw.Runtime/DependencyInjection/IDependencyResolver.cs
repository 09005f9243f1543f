using Akka.Actor;

namespace Akka.DependencyInjection;

/// <summary>Makes actors and services from a container.</summary>
/// <remarks>Akka.NET documentation, "Dependency Injection".</remarks>
public interface IDependencyResolver
{
    /// <summary>Services that end with the scope.</summary>
    IResolverScope CreateScope();

    /// <summary>A service, or null if it is not registered.</summary>
    object? GetService(Type type);

    /// <summary>Null when there is none of that type.</summary>
    T? GetService<T>();

    /// <summary>Of an actor whose constructor takes the arguments given, then services.</summary>
    Props Props(Type type);

    /// <summary>Of an actor whose constructor takes the arguments given, then services.</summary>
    Props Props(Type type, params object[] args);

    /// <summary>Of an actor whose constructor takes the arguments given, then services.</summary>
    Props Props<T>(params object[] args) where T : ActorBase;
}

/// <summary>Services that live until the scope is disposed.</summary>
/// <remarks>Akka.NET documentation, "Dependency Injection".</remarks>
public interface IResolverScope : IDisposable
{
    /// <summary>Of this scope.</summary>
    IDependencyResolver Resolver { get; }
}
