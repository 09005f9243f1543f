using System.Collections.Immutable;
using System.Globalization;
using Netclaw.Actors.Devices;
using Netclaw.Daemon.Configuration;
using Netclaw.Daemon.Home;
using Netclaw.Daemon.Keys;
using Netclaw.Daemon.Offline;
using Netclaw.Daemon.Recovery;
using Netclaw.Daemon.Start;
using Netclaw.Protocol;

namespace Netclaw.Daemon.Backups;

/// <summary>What a restore comes to, before and after.</summary>
/// <param name="From">The epoch in force; 0: none.</param>
/// <param name="Devices">Paired ones in the backup that may be let in afterwards, the host not among them.</param>
/// <param name="Suspended">Of those, how many wait for an operator's word first.</param>
/// <param name="StayRevoked">Devices that the backup would let in and that were revoked since.</param>
/// <param name="Why">Why devices are suspended; null: they are not.</param>
/// <param name="Writes">What is going to be put in place, and what becomes of what is there.</param>
/// <param name="Backup">Made of what was there; null: nothing was, or nothing was done.</param>
internal sealed record Restored(
    string File, GatewayId Gateway, string Name, DateTimeOffset CreatedAt, long From, long To, long Records, int Devices, int Suspended, int StayRevoked, string? Why,
    ImmutableArray<string> Writes, bool Done = false, string? Backup = null, ImmutableArray<string>? SetAside = null);

/// <summary>
/// Puts a checked archive in place of what a home holds. The caller holds the lock. Everything is prepared beside it first: 1 an archive of what is there, 2 a new
/// home in state/restoring with the backup's journal, 3 that journal is told the next epoch and what was revoked since, 4 its mark; then the order is written and
/// carried out (<see cref="RestoreOrder"/>). Until the order stands nothing has changed, but that a database elsewhere has begun its next epoch.
/// </summary>
internal sealed class Restorer(NetclawHome home, NetclawOptions options, Func<string, string?> environment, CheckedArchive archive, StartProblems problems)
{
    private const long FirstEpoch = RegistryState.FirstEpoch;

    private bool _ordered;

    /// <returns>Null, with the problem added, when this archive does not belong here.</returns>
    public (PresentHome Present, Restored Plan)? Plan(DateTimeOffset now)
    {
        var present = PresentHome.Of(home, options, now);
        if (archive is not { Head: { Raw: false, Gateway: { } gateway }, Mark: { } mark })
        {
            problems.Add(RefusalCode.RestoreNotPossible, $"{archive.Path} holds a damaged home's files as they lay; they are for a look, not for a restore.", $"netclaw backup unpack '{archive.Path}' --to <directory>");
            return null;
        }

        if ((archive.Head.Provider == ArchiveHead.Postgres) != options.Persistence.UsesPostgres)
        {
            problems.Add(RefusalCode.RestoreNotPossible,
                $"{archive.Path} was made with the journal in {archive.Head.Provider}, and netclaw.json says {(options.Persistence.UsesPostgres ? ArchiveHead.Postgres : ArchiveHead.Sqlite)} (persistence.provider).", "netclaw config show");
            return null;
        }

        if (present.Gateway is { } here ? here != gateway : !present.IsEmpty)
        {
            problems.Add(RefusalCode.BackupForeign, present.Gateway is null
                ? $"{home.KeysDirectory} does not say which gateway this home is; {archive.Path} is of {gateway}. Nothing was changed."
                : $"This home is {present.Gateway}; {archive.Path} is of {gateway}. Nothing was changed.", "NETCLAW_HOME=<another directory> netclaw backup restore <file>");
            return null;
        }

        return options.Persistence.UsesPostgres ? PlanOfDatabase(present, gateway, mark, now) : (present, PlanOf(present, gateway, mark, archive.State.Epoch, archive.State.Devices.Values));
    }

    private (PresentHome, Restored)? PlanOfDatabase(PresentHome present, GatewayId gateway, GatewayMark mark, DateTimeOffset now) =>
        RestoredDatabase.Read(home, options, environment, archive, problems, now) is { } database
            ? (present, PlanOf(present, gateway, mark, database.Epoch, database.Devices.Values) with { Records = database.Sequence })
            : null;

    /// <param name="restored">Epoch of the journal that comes back.</param>
    /// <param name="inIt">Devices of that journal.</param>
    private Restored PlanOf(PresentHome present, GatewayId gateway, GatewayMark mark, long restored, IEnumerable<Device> inIt)
    {
        var epoch = Math.Max(Math.Max(present.Epoch, mark.Epoch), Math.Max(restored, Math.Max(present.Registry?.Epoch ?? FirstEpoch, present.Reset?.Epoch ?? 0))) + 1;
        var stay = present.Tombstones.Select(device => device.Id).ToHashSet();
        var devices = inIt.Where(device => device is { IsRevoked: false, Kind: not DeviceKind.Host }).ToArray();
        var doubt = present.Doubt(archive.State);
        var kept = devices.Count(device => !stay.Contains(device.Id));
        return new Restored(
            archive.Path, gateway, archive.Head.Name, archive.Head.CreatedAt, present.Epoch, epoch, archive.Records, kept, doubt is null ? 0 : kept, devices.Length - kept,
            doubt, Writes(present, epoch));
    }

    /// <returns>Null, with the problem added; then nothing has changed, or the order stands and goes on by itself.</returns>
    public async Task<Restored?> RunAsync(DateTimeOffset now, CancellationToken cancellation)
    {
        if (Plan(now) is not var (present, plan))
        {
            return null;
        }

        try
        {
            var safety = present.IsEmpty ? null : Save(present, now); // 1
            if (problems.Any)
            {
                return null;
            }

            return options.Persistence.UsesPostgres
                ? await AdoptAsync(present, plan, safety, now, cancellation).ConfigureAwait(false)
                : await PutInPlaceAsync(present, plan, safety, now, cancellation).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or Journal.Auditing.JournalRowsException or ArchiveDamageException)
        {
            problems.Add(RefusalCode.HomeNotWritable, $"The restore was cut short: {e.Message} {Left}", DiskTrouble.RemedyOfWriting(e, home.Root));
            return null;
        }
    }

    /// <summary>After it was cut short.</summary>
    private string Left => _ordered || FileFacts.OfPath(home.RestoreOrder) is not null ? "It goes on with the next start."
        : options.Persistence.UsesPostgres ? "This home was not changed; the database may have begun its next epoch. The same restore may be asked for again."
        : "Nothing was changed.";

    private string? Save(PresentHome present, DateTimeOffset now)
    {
        var path = BackupPlace.Of(home, now, "before-restore");
        var maker = new BackupMaker(home, options, environment, problems);
        return (present.Registry is null && !(options.Persistence.UsesPostgres && KeysAreSound()) ? maker.MakeRaw(path, now) : maker.Make(path, now))?.File;
    }

    private bool KeysAreSound()
    {
        using var keys = new KeyringLoader(home, new StartProblems(), journalInHome: false, readOnly: true) { HostKeyMayBeUnreadable = true }.Open(options.Gateway.Name);
        return keys is not null;
    }

    private async Task<Restored?> PutInPlaceAsync(PresentHome present, Restored plan, string? safety, DateTimeOffset now, CancellationToken cancellation)
    {
        var staged = Stage(present); // 2
        using (var keys = new KeyringLoader(staged, problems) { HostKeyMayBeUnreadable = true }.Open(options.Gateway.Name))
        {
            if (keys is null || await BeginEpochAsync(staged, new NetclawOptions(), keys, present, plan, cancellation).ConfigureAwait(false) is null) // 3, 4
            {
                return null;
            }
        }

        JournalFile.TakeInWal(staged.JournalDatabase);
        FileCalls.Current.FlushDirectory(staged.StateDirectory);
        var order = RestoreOrder.At(home, now);
        order.Save(home);
        _ordered = true;
        return plan with { Done = true, Backup = safety, SetAside = order.Carry(home) };
    }

    private NetclawHome Stage(PresentHome present)
    {
        RestoreOrder.Forget(home);
        var staged = RestoreOrder.Staging(home);
        foreach (var directory in (string[])[staged.Root, staged.KeysDirectory, staged.StateDirectory])
        {
            PrivateDirectory.Ensure(directory);
        }

        FileCalls.Current.FlushDirectory(home.StateDirectory); // an order without what it puts in place would be carried out in part
        FileCalls.Current.FlushDirectory(staged.Root);
        foreach (var name in BackupMaker.KeyFiles.Where(archive.Files.ContainsKey).Where(name => present.IsEmpty || name == "keys/gateway.json" || Differs(name)))
        {
            PrivateFile.WriteAtomically(Path.Combine(staged.Root, name), archive.Files[name]);
        }

        foreach (var name in BackupMaker.KeyFiles.Where(name => name.EndsWith(".key", StringComparison.Ordinal) && !File.Exists(Path.Combine(staged.Root, name))))
        {
            if (PrivateFile.Read(Path.Combine(home.Root, name)) is PrivateFileResult.Loaded loaded)
            {
                PrivateFile.WriteAtomically(Path.Combine(staged.Root, name), loaded.Bytes);
            }
        }

        if (present.IsEmpty && archive.Files.TryGetValue("netclaw.json", out var config) && !File.Exists(home.ConfigFile))
        {
            PrivateFile.WriteAtomically(staged.ConfigFile, config);
        }

        if (!options.Persistence.UsesPostgres)
        {
            using var journal = new JournalFile(staged.JournalDatabase);
            new ArchiveReader(archive.Path).Read(journal.Add);
            journal.Complete();
        }

        return staged;
    }

    /// <summary>The present host key and token stay where they can be read; the journal's and the gateway's key must be the backup's.</summary>
    private bool Differs(string name) => PrivateFile.Read(Path.Combine(home.Root, name)) is not PrivateFileResult.Loaded loaded
        || (name is "keys/journal.key" or "keys/gateway.key" or "keys/gateway.json" && !loaded.Bytes.AsSpan().SequenceEqual(archive.Files[name]));

    /// <summary>
    /// PostgreSQL: its own tools have put the journal back. It is told what a restored journal is told, and only then the keys to it come into the home, the mark last:
    /// a home with keys and a journal that has not begun its next epoch would let everybody in.
    /// </summary>
    private async Task<Restored?> AdoptAsync(PresentHome present, Restored plan, string? safety, DateTimeOffset now, CancellationToken cancellation)
    {
        var staged = Stage(present); // 2
        var persistence = new PersistenceOptions
        {
            Provider = options.Persistence.Provider,
            ConnectionStringFile = options.Persistence.ConnectionStringFile is { } file ? Path.Combine(home.Root, file) : null,
        };
        long? epoch;
        using (var keys = new KeyringLoader(staged, problems, journalInHome: false) { HostKeyMayBeUnreadable = true }.Open(options.Gateway.Name))
        {
            epoch = keys is null ? null : await BeginEpochAsync(staged, options with { Persistence = persistence }, keys, present, plan, cancellation).ConfigureAwait(false); // 3, 4
        }

        if (epoch is not { } begun)
        {
            return null;
        }

        FileCalls.Current.FlushDirectory(staged.KeysDirectory);
        var order = RestoreOrder.At(home, now);
        order.Save(home);
        _ordered = true;
        return plan with { To = begun, Done = true, Backup = safety, SetAside = order.Carry(home) };
    }

    /// <returns>The epoch that began; null, with the problem added.</returns>
    private async Task<long?> BeginEpochAsync(NetclawHome where, NetclawOptions how, Keyring keys, PresentHome present, Restored plan, CancellationToken cancellation)
    {
        if (await OfflineRegistry.OpenAsync(where, how, keys, environment, problems, cancellation, replaced: true).ConfigureAwait(false) is not { } registry)
        {
            return null;
        }

        await using (registry.ConfigureAwait(false))
        {
            var epoch = Math.Max(plan.To, registry.Snapshot.Epoch + 1);
            var begin = new RegistryCommand.BeginEpoch(1, registry.Now, epoch, EpochCause.Restore, present.Tombstones, SuspendDevices: plan.Why is not null)
            {
                Standing = present.Standing, Surfaces = present.Surfaces, EndedLegacy = present.EndedLegacy,
            };
            if (await registry.AskAsync(begin).ConfigureAwait(false) is not RegistryReply.Done and var reply)
            {
                problems.Add(RefusalCode.JournalUnavailable, $"The restored journal does not take its next epoch: {((reply as RegistryReply.Refused)?.Seen ?? registry.Health.Failure?.ToString())?.TrimEnd('.')}. Nothing was changed.");
                return null;
            }

            keys.BeginEpoch(epoch, registry.Snapshot.Bootstrap, registry.Heads);
            return epoch;
        }
    }

    private ImmutableArray<string> Writes(PresentHome present, long epoch)
    {
        var next = string.Create(CultureInfo.InvariantCulture, $"epoch {epoch} begins: pairing codes, requests, setup links, device tokens and runs of before are void");
        if (options.Persistence.UsesPostgres)
        {
            return [$"{next} in the database", .. Keys(present)];
        }

        return
        [
            present.IsEmpty ? $"{home.JournalDatabase}: the backup's {archive.Records} records" : $"{home.JournalDatabase}: the backup's {archive.Records} records; the present file keeps a dated name",
            next,
            .. Keys(present),
        ];
    }

    private IEnumerable<string> Keys(PresentHome present) => BackupMaker.KeyFiles.Where(archive.Files.ContainsKey).Where(name => present.IsEmpty || Differs(name))
        .Select(name => $"{Path.Combine(home.Root, name)}: the backup's{(present.IsEmpty ? "" : "; the present one keeps a dated name")}");
}
