using Netclaw.Protocol;

namespace Netclaw.Actors.Probing;

/// <summary>
/// The probes that an operator has begun and that no request, or one, has used. Few, short-lived, in memory. A request that names none of them
/// is none of their business, and finds out nothing. Safe from any thread.
/// </summary>
public sealed class ProxyProbes(TimeProvider time)
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(1);

    private const int Most = 8;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, Probe> _probes = new(StringComparer.Ordinal);

    /// <summary>Begins one; when there are too many, the oldest is forgotten.</summary>
    /// <returns>Its id: random, so that only who began it can use it.</returns>
    public string Begin()
    {
        var id = Nonce.New();
        lock (_gate)
        {
            Forget();
            if (_probes.Count >= Most)
            {
                _probes.Remove(_probes.MinBy(entry => entry.Value.Begun).Key);
            }

            _probes.Add(id, new Probe(time.GetUtcNow(), null));
        }

        return id;
    }

    /// <summary>Whether a request that names this id would be taken.</summary>
    public bool Awaits(string id)
    {
        lock (_gate)
        {
            Forget();
            return _probes.TryGetValue(id, out var probe) && probe.Seen is null;
        }
    }

    /// <returns>False when there is no such probe, or a request has used it before.</returns>
    public bool Record(string id, ProbeSighting seen)
    {
        lock (_gate)
        {
            Forget();
            if (!_probes.TryGetValue(id, out var probe) || probe.Seen is not null)
            {
                return false;
            }

            _probes[id] = probe with { Seen = seen };
            return true;
        }
    }

    /// <summary>What was seen; the probe is over then.</summary>
    /// <returns>False when there is no such probe.</returns>
    public bool TryTake(string id, out ProbeSighting? seen)
    {
        lock (_gate)
        {
            Forget();
            var known = _probes.TryGetValue(id, out var probe);
            seen = probe?.Seen;
            if (seen is not null)
            {
                _probes.Remove(id);
            }

            return known;
        }
    }

    private void Forget()
    {
        var oldest = time.GetUtcNow() - Lifetime;
        foreach (var id in _probes.Where(entry => entry.Value.Begun < oldest).Select(entry => entry.Key).ToList())
        {
            _probes.Remove(id);
        }
    }

    private sealed record Probe(DateTimeOffset Begun, ProbeSighting? Seen);
}
