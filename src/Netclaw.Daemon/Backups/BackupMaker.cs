using System.Collections.Immutable;
using System.Text;
using Netclaw.Actors.Devices;
using Netclaw.Actors.Journal;
using Netclaw.Actors.Journal.Auditing;
using Netclaw.Daemon.Configuration;
using Netclaw.Daemon.Home;
using Netclaw.Daemon.Journal;
using Netclaw.Daemon.Journal.Auditing;
using Netclaw.Daemon.Keys;
using Netclaw.Daemon.Postgres;
using Netclaw.Daemon.Start;
using Netclaw.Protocol;

namespace Netclaw.Daemon.Backups;

/// <param name="Devices">Paired ones, the host among them.</param>
/// <param name="Raw">Byte by byte, unread.</param>
/// <param name="Dump">What saves the journal where that is a database elsewhere.</param>
/// <param name="Removed">Older archives that had to go; null: none were to be removed.</param>
internal sealed record BackupMade(
    string File, long Bytes, long Records, int Devices, bool Raw, string Provider, string? Dump = null, ImmutableArray<string>? Removed = null);

/// <summary>
/// Makes an archive of a home, served or not. The mark is read before the journal: the journal may have gone on since, never back. Every record is judged on its way,
/// so that an archive that was made can be restored.
/// </summary>
internal sealed class BackupMaker(NetclawHome home, NetclawOptions options, Func<string, string?> environment, StartProblems problems)
{
    private const string RawCommand = "netclaw backup create --raw";

    /// <summary>What is kept of keys/, in this order; the first is there before any record.</summary>
    public static ImmutableArray<string> KeyFiles { get; } = ["keys/gateway.json", "keys/gateway.key", "keys/journal.key", "keys/host.key", "keys/gateway.token"];

    /// <param name="path">A new file in a directory of this user's.</param>
    /// <returns>Null, with the problem added; then there is no such file.</returns>
    public BackupMade? Make(string path, DateTimeOffset now)
    {
        var before = problems.Found.Count;
        var postgres = options.Persistence.UsesPostgres ? PostgresSettings.Read(home, options.Persistence, environment, problems) : null;
        using var keys = problems.Found.Count > before ? null : new KeyringLoader(home, problems, postgres is null, readOnly: true) { HostKeyMayBeUnreadable = true }.Open(options.Gateway.Name);
        return keys is null || problems.Found.Count > before ? null : Guarded(path, () => Write(path, keys, postgres, now));
    }

    /// <summary>Everything of keys/ and state/ as it lies, damaged or not.</summary>
    /// <returns>Null, with the problem added; then there is no such file.</returns>
    public BackupMade? MakeRaw(string path, DateTimeOffset now) => Guarded(path, () =>
    {
        using var archive = new ArchiveWriter(path);
        var provider = options.Persistence.UsesPostgres ? ArchiveHead.Postgres : ArchiveHead.Sqlite;
        archive.Add(new ArchiveHead(ArchiveHead.CurrentForm, now, options.Gateway.Name, 0, provider, Raw: true));
        foreach (var file in RawFiles())
        {
            archive.AddFile(Path.GetRelativePath(home.Root, file), file);
        }

        archive.Finish(JournalKeysAsTheyLie());
        return new BackupMade(path, archive.Bytes, 0, 0, true, provider);
    });

    private BackupMade? Guarded(string path, Func<BackupMade?> make)
    {
        try
        {
            return PrivateDirectory.Ensure(Path.GetDirectoryName(path)!) is { } objection ? Refuse(RefusalCode.HomeForeign, $"{objection}. A backup holds every key.", null) : make();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Refuse(RefusalCode.HomeNotWritable, $"The backup {path} was not made: {e.Message} Nothing was left behind.", DiskTrouble.RemedyOfWriting(e, Path.GetDirectoryName(path)!));
        }
        catch (JournalRowsException e)
        {
            return Refuse(RefusalCode.JournalUnreadable, $"The backup was not made: {e.Message}.", RawCommand);
        }
    }

    private BackupMade? Write(string path, Keyring keys, PostgresSettings? postgres, DateTimeOffset now)
    {
        using var archive = new ArchiveWriter(path);
        archive.Add(new ArchiveHead(
            ArchiveHead.CurrentForm, now, keys.Mark.Name, keys.Mark.Epoch, postgres is null ? ArchiveHead.Sqlite : ArchiveHead.Postgres, Raw: false, keys.Gateway.Public.GatewayId));
        foreach (var file in KeyFiles)
        {
            switch (PrivateFile.Read(Path.Combine(home.Root, file)))
            {
                case PrivateFileResult.Loaded loaded:
                    archive.AddFile(file, loaded.Bytes);
                    break;
                case PrivateFileResult.Problem problem when file is not ("keys/host.key" or "keys/gateway.token"): // these two are made anew
                    throw new IOException(problem.Seen + ".");
            }
        }

        if (File.Exists(home.ConfigFile))
        {
            archive.AddFile(Path.GetFileName(home.ConfigFile), home.ConfigFile);
        }

        if (postgres is not null)
        {
            archive.Finish(keys.Journal);
            return new BackupMade(path, archive.Bytes, 0, 0, false, ArchiveHead.Postgres, $"pg_dump --format=custom --file='{Path.ChangeExtension(path, ".dump")}' {postgres.Tool}");
        }

        if (Journal(archive, path, keys) is not { } journal)
        {
            return null;
        }

        archive.Finish(keys.Journal);
        return new BackupMade(path, archive.Bytes, journal.Records, journal.Devices, false, ArchiveHead.Sqlite);
    }

    /// <summary>By way of a copy beside the archive, gone when this returns.</summary>
    private (long Records, int Devices)? Journal(ArchiveWriter archive, string path, Keyring keys)
    {
        if (!File.Exists(home.JournalDatabase))
        {
            return (0, 0);
        }

        var copy = Path.Combine(Path.GetDirectoryName(path)!, $".{Path.GetFileName(path)}.copy");
        try
        {
            Forget(copy); // of one that was killed
            FileCalls.Current.CreateNew(copy).Dispose();
            SqliteCopy.Make(home.JournalDatabase, copy);
            using var rows = SqliteRows.OfJournal(copy);
            var audit = new JournalCensus(keys.Journal, keys.Mark);
            foreach (var row in rows.Records())
            {
                audit.Add(row);
                archive.Add(row);
            }

            if (audit.Complete() is { } fault)
            {
                Refuse(JournalComparison.CodeOf(fault.Kind), $"The backup was not made: {fault}.", RawCommand);
                return null;
            }

            return (audit.Records, audit.State.Devices.Values.Count(device => !device.IsRevoked));
        }
        finally
        {
            Forget(copy);
        }
    }

    private static void Forget(string copy)
    {
        foreach (var suffix in (string[])["", "-wal", "-shm", "-journal"])
        {
            FileCalls.Current.Delete(copy + suffix);
        }
    }

    private IEnumerable<string> RawFiles() =>
        ((string[])[home.KeysDirectory, home.StateDirectory]).Where(Directory.Exists).SelectMany(directory => Directory.EnumerateFiles(directory).Order(StringComparer.Ordinal))
            .Concat(File.Exists(home.ConfigFile) ? [home.ConfigFile] : []);

    private JournalKeys? JournalKeysAsTheyLie() =>
        PrivateFile.Read(home.JournalKey) is PrivateFileResult.Loaded loaded && JournalKeys.TryParse(Encoding.ASCII.GetString(loaded.Bytes), out var keys) ? keys : null;

    private BackupMade? Refuse(RefusalCode code, string message, string? remedy)
    {
        problems.Add(code, message, remedy);
        return null;
    }
}
