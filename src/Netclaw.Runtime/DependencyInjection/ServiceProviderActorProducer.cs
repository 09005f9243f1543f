using Akka.Actor;
using Microsoft.Extensions.DependencyInjection;

namespace Akka.DependencyInjection;

/// <summary>Constructs an actor from given arguments and, for the rest of its constructor, from the container; anew on each restart.</summary>
internal sealed class ServiceProviderActorProducer(IServiceProvider services, Type type, object[] args) : IIndirectActorProducer
{
    public Type ActorType => type;

    public ActorBase Produce() => (ActorBase)ActivatorUtilities.CreateInstance(services, type, args);

    public void Release(ActorBase actor) => (actor as IDisposable)?.Dispose();
}
