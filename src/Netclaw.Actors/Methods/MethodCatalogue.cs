using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Collections.Immutable;
using Netclaw.Actors.Sessions;
using Netclaw.Protocol;

namespace Netclaw.Actors.Methods;

/// <summary>The one table of what clients may call and hear, for every transport (docs/methods.md is written from it).</summary>
public sealed class MethodCatalogue
{
    private readonly FrozenDictionary<string, MethodEntry> _byName;
    private readonly ConcurrentDictionary<(Role, ScopeSet), Features> _features = new();

    /// <exception cref="ArgumentException">Two rows share a name.</exception>
    public MethodCatalogue(IEnumerable<MethodEntry> methods, IEnumerable<EventEntry> events)
    {
        Methods = [.. methods];
        Events = [.. events];
        _byName = Methods.ToFrozenDictionary(method => method.Name, StringComparer.Ordinal);
    }

    public static MethodCatalogue Default { get; } = new(MethodRows.All, EventRows.All);

    public ImmutableArray<MethodEntry> Methods { get; }

    public ImmutableArray<EventEntry> Events { get; }

    public bool TryFind(string name, out MethodEntry method) => _byName.TryGetValue(name, out method!);

    /// <summary>What <c>hello-ok</c> tells a client it may call and will hear. There are few combinations of role and scopes; each is worked out once.</summary>
    public Features FeaturesFor(Role role, ScopeSet scopes) => _features.GetOrAdd((role, scopes.Expanded), key => new Features(
        [.. Methods.Where(method => method.Handler != HandlerKey.Handshake && CallGate.Allows(method, key.Item1, key.Item2)).Select(method => method.Name)],
        [.. Events.Where(entry => (entry.Role ?? key.Item1) == key.Item1 && CallGate.Hears(entry.Needed, key.Item1, key.Item2)).Select(entry => entry.Name)]));
}
