using Akka.Actor;

namespace Akka.Hosting;

/// <summary>Takes a registered actor into a constructor.</summary>
/// <typeparam name="TActor">The key under which the actor is registered.</typeparam>
/// <remarks>Akka.NET documentation, "Akka.Hosting".</remarks>
public interface IRequiredActor<TActor>
{
    /// <exception cref="MissingActorRegistryEntryException">It is not registered yet; <see cref="GetAsync"/> waits for it.</exception>
    IActorRef ActorRef { get; }

    /// <summary>The actor, as soon as it is registered.</summary>
    Task<IActorRef> GetAsync(CancellationToken cancellationToken = default);
}

/// <inheritdoc cref="IRequiredActor{TActor}"/>
/// <remarks>Akka.NET documentation, "Akka.Hosting".</remarks>
public sealed class RequiredActor<TActor>(IReadOnlyActorRegistry registry) : IRequiredActor<TActor>
{
    private IActorRef? _actor;

    /// <summary>The actor; an error when it is not registered.</summary>
    public IActorRef ActorRef => _actor ??= registry.Get<TActor>();

    /// <summary>Waits until it is registered.</summary>
    public async Task<IActorRef> GetAsync(CancellationToken cancellationToken = default)
        => _actor ??= await registry.GetAsync<TActor>(cancellationToken).ConfigureAwait(false);
}
