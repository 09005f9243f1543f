using System.Collections.Immutable;
using Netclaw.Actors.Devices;
using Netclaw.Protocol;

namespace Netclaw.Actors.Importing;

/// <summary>The legacy devices of a state that is being written. None ever leaves; each leaves its waiting once.</summary>
internal static class LegacyShelf
{
    public static void Add(ImmutableDictionary<LegacyDeviceId, LegacyDevice>.Builder shelf, LegacyDevice device, RegistryEvent @event)
    {
        if (!shelf.TryAdd(device.Id, device))
        {
            throw new RegistryEventException(@event, $"{device.Id} was imported already");
        }
    }

    public static void Spend(ImmutableDictionary<LegacyDeviceId, LegacyDevice>.Builder shelf, LegacyDeviceId id, DeviceId by, DateTimeOffset at, RegistryEvent @event) =>
        shelf[id] = Waiting(shelf, id, @event) with { EnrolledAs = by, EnrolledAt = at };

    public static void Remove(ImmutableDictionary<LegacyDeviceId, LegacyDevice>.Builder shelf, LegacyDeviceId id, DateTimeOffset at, RegistryEvent @event) =>
        shelf[id] = Waiting(shelf, id, @event) with { RemovedAt = at };

    private static LegacyDevice Waiting(ImmutableDictionary<LegacyDeviceId, LegacyDevice>.Builder shelf, LegacyDeviceId id, RegistryEvent @event) =>
        shelf.TryGetValue(id, out var device) && device.IsWaiting ? device : throw new RegistryEventException(@event, $"{id} does not wait for a key");
}
