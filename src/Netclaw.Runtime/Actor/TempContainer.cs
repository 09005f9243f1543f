using System.Collections.Concurrent;
using Akka.Util;

namespace Akka.Actor;

/// <summary>The parent of short-lived references without actors, such as those of Asks whose path was asked for.</summary>
internal sealed class TempContainer(ActorSystemImpl system, ActorPath path) : MinimalActorRef
{
    private readonly ConcurrentDictionary<string, IInternalActorRef> refs = new(StringComparer.Ordinal);
    private long counter;

    public override ActorPath Path => path;

    public override IActorRefProvider Provider => system.Provider;

    public int Count => refs.Count;

    public string NextName() => Base64Number.Encode(Interlocked.Increment(ref counter) - 1, "$");

    public void Add(string name, IInternalActorRef actorRef) => refs[name] = actorRef;

    public void Remove(string name) => refs.TryRemove(name, out _);

    public override IActorRef GetChild(IReadOnlyList<string> name) =>
        name.Count == 0 ? this
        : name.Count == 1 && refs.TryGetValue(name[0].Split('#')[0], out var found) ? found
        : ActorRefs.Nobody;
}
