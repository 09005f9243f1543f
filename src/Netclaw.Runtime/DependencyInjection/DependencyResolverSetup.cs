using Akka.Actor.Setup;

namespace Akka.DependencyInjection;

/// <summary>Gives an actor system its container.</summary>
public class DependencyResolverSetup : Setup
{
    private DependencyResolverSetup(IDependencyResolver resolver) => DependencyResolver = resolver;

    public IDependencyResolver DependencyResolver { get; }

    public static DependencyResolverSetup Create(IServiceProvider provider)
    {
        ArgumentNullException.ThrowIfNull(provider);
        return new DependencyResolverSetup(new ServiceProviderDependencyResolver(provider));
    }

    public static DependencyResolverSetup Create(IDependencyResolver provider)
    {
        ArgumentNullException.ThrowIfNull(provider);
        return new DependencyResolverSetup(provider);
    }
}
