using System.Collections.Immutable;
using System.Globalization;
using Netclaw.Actors.Devices;
using Netclaw.Protocol;

namespace Netclaw.Actors.Importing;

/// <summary>
/// Devices of earlier gateways (recovery.md): every entry is kept, or is here already, or its row says why not. What was revoked or taken back here stays so:
/// an import never lifts a tombstone and never changes what is paired. Where a restore or a reset has left open who was revoked, it brings nobody new either.
/// </summary>
internal static class ImportRules
{
    public static Decision Import(RegistryCommand.Import command, RegistryState state)
    {
        if (ApproverRules.MayAdminister(command, command.By, state) is { } refusal)
        {
            return refusal;
        }

        if (command.Entries.Length > ImportParams.MostEntries)
        {
            return Decision.Refuse(command, RefusalCode.InvalidRequest, string.Create(
                CultureInfo.InvariantCulture, $"{command.Entries.Length} entries are too many for one call; at most {ImportParams.MostEntries}"));
        }

        var events = ImmutableArray.CreateBuilder<RegistryEvent>();
        var rows = ImmutableArray.CreateBuilder<ImportRow>();
        var doubt = Doubt(state);
        foreach (var entry in command.Entries)
        {
            var (row, @event) = Decide(entry, command, state);
            if (@event is not null && doubt is not null)
            {
                (row, @event) = (row with { Outcome = ImportRow.NotKept, Reason = $"the journal before this one is not known here, and with it whether this was used or taken back since; say first who may come: {doubt}" }, null);
            }

            rows.Add(row with { Reason = Joined(row.Reason, entry.Note) });
            if (@event is not null)
            {
                state = state.Apply(@event);
                events.Add(@event);
            }
        }

        return new Decision(command.DryRun ? [] : events.ToImmutable(), new RegistryReply.Imported(command.CommandId, rows.ToImmutable()));
    }

    /// <summary>The command by which an operator ends it; null: there is none.</summary>
    private static string? Doubt(RegistryState state) =>
        state.Devices.Values.Any(device => device is { IsSuspended: true, IsRevoked: false }) ? "netclaw devices confirm --all"
        : state is { LocalPairingSuspended: true, Epoch: > RegistryState.FirstEpoch } ? "netclaw devices auto-approve confirm"
        : null;

    private static (ImportRow, RegistryEvent?) Decide(ImportEntry entry, RegistryCommand.Import command, RegistryState state) => entry switch
    {
        { Legacy: { } legacy, Keyed: null } => Legacy(entry.From, legacy, command, state),
        { Legacy: null, Keyed: { } keyed } => KeyedRules.Decide(entry.From, keyed, command, state),
        _ => (new ImportRow(entry.From, ImportRow.NotKept, Reason: "it has to be one of a legacy device and a device with a key"), null),
    };

    private static (ImportRow, RegistryEvent?) Legacy(string from, LegacyEntry entry, RegistryCommand.Import command, RegistryState state)
    {
        var id = LegacyDeviceId.Of(entry.Token);
        if (state.Legacy.TryGetValue(id, out var known))
        {
            return (Known(from, known), null);
        }

        if (state.Legacy.Count >= LegacyDevice.Most)
        {
            return (new ImportRow(from, ImportRow.NotKept, entry.Name, id.ToString(), string.Create(
                CultureInfo.InvariantCulture, $"{LegacyDevice.Most} devices without a key are remembered already; pair it by a code instead: netclaw daemon pair")), null);
        }

        var (name, note) = ImportedName.Of(entry.Name, id.ToString());
        var device = new LegacyDevice
        {
            Id = id, Token = entry.Token, Name = name, IsBootstrapDevice = entry.IsBootstrapDevice, CreatedAt = ImportedTime.Of(entry.CreatedAtMs),
            LastUsedAt = ImportedTime.Of(entry.LastUsedAtMs), ImportedAt = command.Now, ImportedBy = command.By.Subject,
        };
        return (new ImportRow(from, ImportRow.Kept, name, id.ToString(), Joined("waits for its key", note)), new RegistryEvent.LegacyDeviceImported(command.Now, device));
    }

    private static ImportRow Known(string from, LegacyDevice known) => known switch
    {
        { RemovedAt: { } removed } => new ImportRow(from, ImportRow.NotKept, known.Name, known.Id.ToString(),
            $"it was taken back here on {ImportedTime.Day(removed)}; an import does not bring it back"),
        { EnrolledAs: { } device, EnrolledAt: { } spent } => new ImportRow(from, ImportRow.Present, known.Name, device.ToString(),
            $"its token was used on {ImportedTime.Day(spent)} and opens nothing any more"),
        _ => new ImportRow(from, ImportRow.Present, known.Name, known.Id.ToString(), "waits for its key"),
    };

    private static string? Joined(string? first, string? second) => first is null ? second : second is null ? first : $"{first}; {second}";
}
