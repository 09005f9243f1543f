using System.Collections.Concurrent;
using System.Collections.Immutable;
using Netclaw.Protocol;

namespace Netclaw.Actors.Sessions;

/// <summary>Devices that came or went, each once, until somebody writes them down. Thread-safe; bounded by the devices there are.</summary>
public sealed class SeenDevices
{
    private readonly ConcurrentDictionary<DeviceId, byte> _noted = new();

    public void Note(DeviceId device) => _noted.TryAdd(device, 0);

    /// <summary>Empties it. Whoever is noted meanwhile is in this lot or in the next.</summary>
    public ImmutableArray<DeviceId> Take()
    {
        if (_noted.IsEmpty)
        {
            return [];
        }

        var taken = ImmutableArray.CreateBuilder<DeviceId>();
        foreach (var device in _noted.Keys)
        {
            if (_noted.TryRemove(device, out _))
            {
                taken.Add(device);
            }
        }

        return taken.DrainToImmutable();
    }
}
