using Akka.Actor;

namespace Akka.Hosting;

/// <summary>Finds top-level actors by a type that serves as the key.</summary>
/// <remarks>Akka.NET documentation, "Akka.Hosting".</remarks>
public interface IReadOnlyActorRegistry : IEnumerable<KeyValuePair<Type, IActorRef>>
{
    /// <summary>False when nobody is registered under the key.</summary>
    bool TryGet<TKey>(out IActorRef actor);

    /// <summary>False when nobody is registered under the key.</summary>
    bool TryGet(Type key, out IActorRef actor);

    /// <exception cref="MissingActorRegistryEntryException">No actor is registered under the key.</exception>
    IActorRef Get<TKey>();

    /// <summary>The actor, as soon as it is registered.</summary>
    Task<IActorRef> GetAsync<TKey>(CancellationToken ct = default);

    /// <inheritdoc cref="GetAsync{TKey}"/>
    Task<IActorRef> GetAsync(Type key, CancellationToken ct = default);
}

/// <inheritdoc cref="IReadOnlyActorRegistry"/>
/// <remarks>Akka.NET documentation, "Akka.Hosting".</remarks>
public interface IActorRegistry : IReadOnlyActorRegistry
{
    /// <exception cref="DuplicateActorRegistryException">The key is taken, and <paramref name="overwrite"/> is false.</exception>
    void Register<TKey>(IActorRef actor, bool overwrite = false);

    /// <returns>False if the key is taken, and <paramref name="overwrite"/> is false.</returns>
    bool TryRegister<TKey>(IActorRef actor, bool overwrite = false);

    /// <inheritdoc cref="TryRegister{TKey}"/>
    bool TryRegister(Type key, IActorRef actor, bool overwrite = false);
}
