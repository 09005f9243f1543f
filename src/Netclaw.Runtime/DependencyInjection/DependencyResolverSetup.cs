using Akka.Actor.Setup;

namespace Akka.DependencyInjection;

/// <summary>Gives an actor system its container.</summary>
/// <remarks>Akka.NET documentation, "Dependency Injection".</remarks>
public class DependencyResolverSetup : Setup
{
    private DependencyResolverSetup(IDependencyResolver resolver) => DependencyResolver = resolver;

    /// <summary>Where services come from.</summary>
    public IDependencyResolver DependencyResolver { get; }

    /// <summary>With that provider of services.</summary>
    public static DependencyResolverSetup Create(IServiceProvider provider)
    {
        ArgumentNullException.ThrowIfNull(provider);
        return new DependencyResolverSetup(new ServiceProviderDependencyResolver(provider));
    }

    /// <summary>With that provider of services.</summary>
    public static DependencyResolverSetup Create(IDependencyResolver provider)
    {
        ArgumentNullException.ThrowIfNull(provider);
        return new DependencyResolverSetup(provider);
    }
}
