using System.Collections.Immutable;
using System.Globalization;
using Netclaw.Protocol;

namespace Netclaw.Actors.Devices;

/// <summary>
/// What an older journal must be told before anybody is let in on it (recovery.md): what was revoked since stays revoked, and where that
/// cannot be known, nobody is let in until an operator has said so.
/// </summary>
internal static class EpochRules
{
    private const string By = "epoch";

    /// <summary>Everything in one write. The same epoch again is done already: a restore that was cut short asks twice.</summary>
    public static Decision Begin(RegistryCommand.BeginEpoch command, RegistryState state)
    {
        var done = new RegistryReply.Done(command.CommandId);
        if (command.Epoch <= state.Epoch)
        {
            return command.Epoch == state.Epoch ? Decision.Accept(done) : Decision.Refuse(command, RefusalCode.InvalidRequest,
                string.Create(CultureInfo.InvariantCulture, $"the journal is of epoch {state.Epoch}, and epochs only go up; asked for {command.Epoch}"));
        }

        ImmutableArray<Device> tombstones =
        [
            .. command.Tombstones.Where(device => device.IsRevoked && !Sabotage.Is(Break.ReviveOnRestore) && !(state.Devices.TryGetValue(device.Id, out var known) && known.IsRevoked))
                .DistinctBy(device => device.Id).Select(device => device with { Tokens = [], SuspendedAt = null }),
        ];
        ImmutableArray<RegistryEvent> suspended = command.SuspendDevices && !Sabotage.Is(Break.RestoreWithoutSuspending) ? [new RegistryEvent.DevicesSuspended(command.Now)] : [];
        return Decision.Accept(done,
        [
            new RegistryEvent.EpochBegan(command.Now, command.Epoch, command.Cause),
            .. tombstones.Chunk(RegistryEvent.TombstonesKept.Most).Select(chunk => new RegistryEvent.TombstonesKept(command.Now, [.. chunk])),
            .. Narrowed(command, state, tombstones),
            .. Lending(command, state, tombstones),
            .. Spent(command, state),
            .. Ended(command, state),
            .. suspended,
        ]);
    }

    /// <summary>A scope that was taken from a device since does not come back either.</summary>
    private static IEnumerable<RegistryEvent> Narrowed(RegistryCommand.BeginEpoch command, RegistryState state, ImmutableArray<Device> tombstones)
    {
        var buried = tombstones.Select(device => device.Id).ToHashSet();
        foreach (var later in command.Standing)
        {
            if (state.Devices.TryGetValue(later.Id, out var device) && !device.IsRevoked && !buried.Contains(device.Id) && !later.Scopes.Covers(device.Scopes))
            {
                yield return new RegistryEvent.DeviceScopesChanged(command.Now, device.Id, later.Scopes.Grant(device.Scopes.Expanded), By);
            }
        }
    }

    /// <summary>A node that might lend less since is asked about again.</summary>
    private static IEnumerable<RegistryEvent> Lending(RegistryCommand.BeginEpoch command, RegistryState state, ImmutableArray<Device> tombstones)
    {
        var buried = tombstones.Select(device => device.Id).ToHashSet();
        return from lent in state.Surfaces
               where command.Surfaces is not null && !buried.Contains(lent.Key)
                   && command.Surfaces.GetValueOrDefault(lent.Key)?.Covers(lent.Value.Caps, lent.Value.Commands) != true
               orderby lent.Key.ToString()
               select new RegistryEvent.SurfaceRemoved(command.Now, lent.Key, By);
    }

    /// <summary>A legacy token works once. Where it cannot be known whether it did, it works no more.</summary>
    private static IEnumerable<RegistryEvent> Spent(RegistryCommand.BeginEpoch command, RegistryState state)
    {
        var ended = command.EndedLegacy.Where(legacy => !legacy.IsWaiting).Select(legacy => legacy.Id).ToHashSet();
        return from legacy in state.Legacy.Values
               where legacy.IsWaiting && (command.SuspendDevices || ended.Contains(legacy.Id))
               orderby legacy.Id.ToString()
               select new RegistryEvent.LegacyDeviceRemoved(command.Now, legacy.Id, By, "the journal was put in place of a newer one");
    }

    /// <summary>What was imported and ended since is put down as it ended: imported again, its token would open the door a second time.</summary>
    private static IEnumerable<RegistryEvent> Ended(RegistryCommand.BeginEpoch command, RegistryState state) =>
        from legacy in command.EndedLegacy.DistinctBy(legacy => legacy.Id)
        where !legacy.IsWaiting && !state.Legacy.ContainsKey(legacy.Id)
        orderby legacy.Id.ToString()
        select new RegistryEvent.LegacyDeviceImported(command.Now, legacy);

    /// <summary>Takes admin: each comes back with all that it held, which the one who confirms need not hold.</summary>
    public static Decision Confirm(RegistryCommand.ConfirmDevices command, RegistryState state)
    {
        if (ApproverRules.MayAdminister(command, command.By, state) is { } refusal)
        {
            return refusal;
        }

        foreach (var id in command.Devices)
        {
            if (!state.Devices.TryGetValue(id, out var device) || device.IsRevoked)
            {
                return Decision.Refuse(command, device is null ? RefusalCode.DeviceNotFound : RefusalCode.DeviceRevoked, device is null ? $"no device {id.Short}" : $"{id.Short} is revoked");
            }
        }

        ImmutableArray<Device> confirmed =
        [
            .. (command.Devices.IsEmpty ? state.Devices.Values : command.Devices.Distinct().Select(id => state.Devices[id]))
                .Where(device => device is { IsSuspended: true, IsRevoked: false }).OrderBy(device => device.Name, StringComparer.Ordinal).Select(device => device with { SuspendedAt = null }),
        ];
        return Decision.Accept(
            new RegistryReply.Confirmed(command.CommandId, confirmed),
            [.. confirmed.Chunk(RegistryEvent.DevicesConfirmed.Most).Select(chunk => new RegistryEvent.DevicesConfirmed(command.Now, [.. chunk.Select(device => device.Id)], command.By.Subject))]);
    }
}
