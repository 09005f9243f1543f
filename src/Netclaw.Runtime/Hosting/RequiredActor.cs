using Akka.Actor;

namespace Akka.Hosting;

/// <summary>Takes a registered actor into a constructor.</summary>
/// <typeparam name="TActor">The key under which the actor is registered.</typeparam>
public interface IRequiredActor<TActor>
{
    /// <exception cref="MissingActorRegistryEntryException">It is not registered yet; <see cref="GetAsync"/> waits for it.</exception>
    IActorRef ActorRef { get; }

    /// <summary>The actor, as soon as it is registered.</summary>
    Task<IActorRef> GetAsync(CancellationToken cancellationToken = default);
}

/// <inheritdoc cref="IRequiredActor{TActor}"/>
public sealed class RequiredActor<TActor>(IReadOnlyActorRegistry registry) : IRequiredActor<TActor>
{
    private IActorRef? _actor;

    public IActorRef ActorRef => _actor ??= registry.Get<TActor>();

    public async Task<IActorRef> GetAsync(CancellationToken cancellationToken = default)
        => _actor ??= await registry.GetAsync<TActor>(cancellationToken).ConfigureAwait(false);
}
