using System.Collections.Immutable;
using Netclaw.Actors.Devices;
using Netclaw.Actors.Importing;
using Netclaw.Actors.Journal;
using Netclaw.Actors.Nodes;
using Netclaw.Daemon.Configuration;
using Netclaw.Daemon.Journal.Auditing;
using Netclaw.Daemon.Keys;
using Netclaw.Daemon.Recovery;
using Netclaw.Daemon.Start;
using Netclaw.Protocol;

namespace Netclaw.Daemon.Backups;

/// <summary>What stands in a home that a backup is to be restored into, as far as it matters to what may come back.</summary>
/// <param name="IsEmpty">Neither keys nor a journal: the archive brings all of it.</param>
/// <param name="Gateway">Null where no key and no mark says it.</param>
/// <param name="Epoch">Of its mark; 0 for none.</param>
/// <param name="Registry">The journal that is there, sound and up to its signed head; null: what was revoked since the backup cannot be known.</param>
/// <param name="Unproven">Why it cannot be known.</param>
internal sealed record PresentHome(bool IsEmpty, GatewayId? Gateway, long Epoch, RegistrySnapshot? Registry, string? Unproven)
{
    /// <summary>A full reset that was cut short and gives way to the restore; null: none. What it had read of the journal before it is known by it alone.</summary>
    public ResetOrder? Reset { get; private init; }

    public static PresentHome Of(NetclawHome home, NetclawOptions options, DateTimeOffset now) => Read(home, options, now) with { Reset = ResetOf(home) };

    private static PresentHome Read(NetclawHome home, NetclawOptions options, DateTimeOffset now)
    {
        if (((string[])[home.GatewayKey, home.GatewayMark, home.JournalKey, home.JournalDatabase]).All(path => FileFacts.OfPath(path) is null))
        {
            return new PresentHome(true, null, 0, null, "there is no journal of this gateway here");
        }

        var mark = PrivateFile.Read(home.GatewayMark) is PrivateFileResult.Loaded loaded ? GatewayMark.Read(loaded.Bytes) : null;
        var gateway = KeyFile.Load(home.GatewayKey) is KeyFileResult.Loaded key ? Named(key.Key) : mark?.GatewayId;
        if (options.Persistence.UsesPostgres)
        {
            return new PresentHome(false, gateway, mark?.Epoch ?? 0, null, "the database was restored by its own tools, and what it held before is gone");
        }

        var problems = new StartProblems();
        using var keys = new KeyringLoader(home, problems, readOnly: true) { HostKeyMayBeUnreadable = true }.Open(options.Gateway.Name);
        if (keys is null || !File.Exists(home.JournalDatabase))
        {
            return new PresentHome(false, gateway, mark?.Epoch ?? 0, null, problems.Any ? problems.Found[0].Message : "the journal is missing");
        }

        try
        {
            return new JournalAuditor(home, null, keys.Journal, keys.Mark).FirstBad() is { } fault
                ? new PresentHome(false, gateway, keys.Mark.Epoch, null, fault.ToString())
                : new PresentHome(false, gateway, keys.Mark.Epoch, RegistryReader.Read(home, null, keys.Journal, now), null);
        }
        catch (Exception e) when (e is JournalRowsException or JournalDamageException)
        {
            return new PresentHome(false, gateway, keys.Mark.Epoch, null, e.Message);
        }
    }

    /// <summary>Revoked since, or before: they stay revoked.</summary>
    public ImmutableArray<Device> Tombstones => Sabotage.Is(Break.RestoreWithoutNewerTombstones) ? [] :
    [
        .. Registry?.Devices.Values.Where(device => device.IsRevoked) ?? [],
        .. Reset?.Tombstones.Where(device => device.Id != Reset.Host) ?? [], // the host was to be revoked by the reset, which is not going to be
    ];

    public ImmutableArray<Device> Standing => Registry is null ? [] : [.. Registry.Devices.Values.Where(device => !device.IsRevoked)];

    public ImmutableDictionary<DeviceId, ApprovedSurface>? Surfaces => Registry?.Surfaces;

    public ImmutableArray<LegacyDevice> EndedLegacy => [.. Registry?.Legacy.Values.Where(legacy => !legacy.IsWaiting) ?? [], .. Reset?.EndedLegacy ?? []];

    /// <summary>
    /// Why what was revoked since <paramref name="backup"/> cannot be known; null: it can. A journal that goes on from the backup knows every device in it, for none
    /// ever leaves; and what an earlier restore left in doubt is not settled by another one.
    /// </summary>
    public string? Doubt(RegistryState backup)
    {
        if (Reset is not null)
        {
            return "a full reset, which ends every pairing, was begun here and cut short";
        }

        if (Registry is null)
        {
            return Unproven ?? "the journal is missing";
        }

        if (backup.Devices.Values.FirstOrDefault(device => device is { IsRevoked: false, Kind: not DeviceKind.Host } && !Registry.Devices.ContainsKey(device.Id)) is { } unknown)
        {
            return $"the present journal does not know {unknown.Id.Short}, so it does not go on from this backup";
        }

        return Registry.Devices.Values.Any(device => device is { IsSuspended: true, IsRevoked: false }) || (Registry.LocalPairingSuspended && Registry.Epoch > RegistryState.FirstEpoch)
            ? "an earlier restore or reset left devices in doubt, and no operator has confirmed them all"
            : null;
    }

    private static ResetOrder? ResetOf(NetclawHome home)
    {
        try
        {
            return ResetOrder.Read(home);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new ResetOrder("", 0, []); // what it said is lost; that it was begun is not
        }
    }

    private static GatewayId Named(SigningKey key)
    {
        using (key)
        {
            return key.Public.GatewayId;
        }
    }
}
