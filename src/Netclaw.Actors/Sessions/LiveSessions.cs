using System.Collections.Concurrent;
using System.Collections.Immutable;
using Netclaw.Protocol;

namespace Netclaw.Actors.Sessions;

/// <summary>
/// The index of live sessions. A session enters it under its device before it reads the registry's snapshot; whoever revokes swaps
/// the snapshot before it reads the index. So a revocation sees the session or is seen by it. Thread-safe, without locks for readers.
/// </summary>
public sealed class LiveSessions
{
    private readonly ConcurrentDictionary<SessionId, LiveSession> _all = new();
    private readonly ConcurrentDictionary<DeviceId, ImmutableArray<LiveSession>> _byDevice = new();
    private readonly ConcurrentDictionary<PairingRequestId, ImmutableArray<LiveSession>> _byRequest = new();
    private readonly SeenDevices _seen = new();
    private int _count;

    /// <summary>Devices that came or went since this was last emptied.</summary>
    public SeenDevices Seen => _seen;

    public int Count => Volatile.Read(ref _count);

    public IEnumerable<LiveSession> All => _all.Select(entry => entry.Value);

    public bool TryFind(SessionId id, out LiveSession session) => _all.TryGetValue(id, out session!);

    /// <summary>Every session whose key was proven to be this device's, whatever became of it since; those that are over leave by themselves.</summary>
    public ImmutableArray<LiveSession> ForDevice(DeviceId device) => _byDevice.TryGetValue(device, out var sessions) ? sessions : [];

    /// <summary>The sessions that wait for this request to be decided.</summary>
    public ImmutableArray<LiveSession> ForRequest(PairingRequestId request) => _byRequest.TryGetValue(request, out var sessions) ? sessions : [];

    /// <summary>How many sessions stand in which state, by its name; states without sessions are left out.</summary>
    public IReadOnlyDictionary<string, int> CountByState()
    {
        var counts = new SortedDictionary<string, int>(StringComparer.Ordinal);
        foreach (var session in All)
        {
            var name = session.State.Name;
            counts[name] = counts.GetValueOrDefault(name) + 1;
        }

        return counts;
    }

    internal void Enter(LiveSession session)
    {
        if (_all.TryAdd(session.Id, session))
        {
            Interlocked.Increment(ref _count);
        }
    }

    /// <summary>Once per session.</summary>
    internal void Enter(LiveSession session, DeviceId device)
    {
        session.Device = device;
        Add(_byDevice, device, session);
    }

    /// <summary>Once per session: it is let in as <paramref name="device"/>.</summary>
    internal void Admit(LiveSession session, DeviceId device)
    {
        session.Admitted = device;
        _seen.Note(device);
    }

    /// <summary>Once per session.</summary>
    internal void Enter(LiveSession session, PairingRequestId request)
    {
        session.Request = request;
        Add(_byRequest, request, session);
    }

    internal void Leave(LiveSession session)
    {
        if (_all.TryRemove(session.Id, out _))
        {
            Interlocked.Decrement(ref _count);
        }

        if (session.Admitted is { } seen)
        {
            _seen.Note(seen);
        }

        if (session.Device is { } device)
        {
            Remove(_byDevice, device, session);
        }

        if (session.Request is { } request)
        {
            Remove(_byRequest, request, session);
        }
    }

    internal void Leave(LiveSession session, PairingRequestId request)
    {
        session.Request = null;
        Remove(_byRequest, request, session);
    }

    private static void Add<TKey>(ConcurrentDictionary<TKey, ImmutableArray<LiveSession>> index, TKey key, LiveSession session) where TKey : notnull =>
        index.AddOrUpdate(key, static (_, added) => [added], static (_, present, added) => present.Add(added), session);

    private static void Remove<TKey>(ConcurrentDictionary<TKey, ImmutableArray<LiveSession>> index, TKey key, LiveSession session) where TKey : notnull
    {
        while (index.TryGetValue(key, out var present))
        {
            var rest = present.Remove(session);
            var done = rest.IsEmpty
                ? index.TryRemove(new KeyValuePair<TKey, ImmutableArray<LiveSession>>(key, present))
                : index.TryUpdate(key, rest, present);
            if (done)
            {
                return;
            }
        }
    }
}
