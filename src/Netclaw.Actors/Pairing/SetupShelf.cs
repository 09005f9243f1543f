using System.Collections.Immutable;
using Netclaw.Actors.Devices;
using Netclaw.Protocol;

namespace Netclaw.Actors.Pairing;

/// <summary>The setup codes of a state that is being written, bounded. Time comes from the events alone, so that a replay forgets the same ones.</summary>
internal static class SetupShelf
{
    public static void Add(ImmutableDictionary<SetupCodeId, IssuedSetup>.Builder shelf, IssuedSetup setup, DateTimeOffset now)
    {
        shelf.RemoveRange(shelf.Values.Where(old => old.IsForgotten(now)).Select(old => old.Id).ToArray());
        shelf.Add(setup.Id, setup);
        while (shelf.Count > IssuedSetup.MaximumKept)
        {
            shelf.Remove(shelf.Values.MinBy(old => (old.IsLive(now), old.ExpiresAt, old.Id.ToString()))!.Id);
        }
    }

    public static void Spend(ImmutableDictionary<SetupCodeId, IssuedSetup>.Builder shelf, SetupCodeId id, DeviceId by, DateTimeOffset at, RegistryEvent @event) =>
        shelf[id] = shelf.TryGetValue(id, out var setup) && setup.SpentBy is null
            ? setup with { SpentBy = by, SpentAt = at }
            : throw new RegistryEventException(@event, $"{id} was never minted, is forgotten or is spent");
}
