using System.Collections.Concurrent;

namespace Akka.Actor;

/// <summary>The extensions of one system. Each is made once, by the first to ask; the others wait for it.</summary>
internal sealed class ExtensionRegistry(ExtendedActorSystem system)
{
    private readonly ConcurrentDictionary<Type, Lazy<object>> byType = new();

    public object Register(IExtensionId id)
    {
        var entry = byType.GetOrAdd(id.ExtensionType, static (_, state) => new Lazy<object>(() => state.id.CreateExtension(state.system)), (id, system));
        try
        {
            return entry.Value;
        }
        catch
        {
            // The next one to ask tries again.
            byType.TryRemove(new(id.ExtensionType, entry));
            throw;
        }
    }

    public bool TryGet(Type type, out object extension)
    {
        extension = byType.TryGetValue(type, out var entry) ? entry.Value : null!;
        return extension is not null;
    }
}
