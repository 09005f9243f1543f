using Netclaw.Actors.Devices;
using Netclaw.Crash.Tests.Invariants;
using Netclaw.Crash.Tests.States;
using Netclaw.Daemon.Journal;
using Netclaw.Daemon.Keys;
using Netclaw.Daemon.Start;
using Netclaw.Protocol;

namespace Netclaw.Crash.Tests.Recovery;

/// <summary>
/// Recovers a crash state without starting anything: the product's check of its files, SQLite's recovery of the write-ahead log, the product's chain, codec and
/// state, its loading of keys. Some thousand times cheaper than a start.
/// </summary>
internal sealed class QuickRecovery(JournalHistory history, NetclawHome home, GatewayId gateway)
{
    private readonly Dictionary<ulong, GatewayMark> _keysTried = [];

    /// <returns>How many records of the history are there.</returns>
    /// <exception cref="BrokenInvariantException">The state can not be recovered from, or not to a beginning of the history.</exception>
    public int Recover(Materialised disk, bool mustBeThisGateway)
    {
        var mark = Keys(disk, mustBeThisGateway);
        Prepared(disk, home.JournalDatabase);
        Prepared(disk, home.SnapshotDatabase);
        Opened(disk, home.JournalDatabase);
        Opened(disk, home.SnapshotDatabase);
        var records = history.MustBeABeginning(Rows(JournalImage.Events, home.JournalDatabase));
        history.MustFit(Rows(JournalImage.Snapshots, home.SnapshotDatabase), records);
        history.MustReach(mark.Head(DeviceRegistryActor.Id), records);
        return records;
    }

    private static void Opened(Materialised disk, string path)
    {
        if (disk.Content(path + "-wal") is null)
        {
            disk.WillChange(path + "-wal");
        }
    }

    private static List<StoredRow> Rows(Func<string, List<StoredRow>> read, string path)
    {
        try
        {
            return read(path);
        }
        catch (IOException e)
        {
            throw new BrokenInvariantException(Invariant.Recovers, $"{Path.GetFileName(path)}: {e.Message}");
        }
    }

    private static void Prepared(Materialised disk, string path)
    {
        var problems = new StartProblems();
        if (disk.Content(path) is { Length: >= 20 } bytes && bytes[18] == 2)
        {
            return; // in WAL mode already: the product's check ends there
        }

        disk.WillChange(path);
        if (!SqliteFiles.Prepare(path, problems))
        {
            throw new BrokenInvariantException(Invariant.Recovers, problems.Found[0].Message);
        }
    }

    /// <summary>The same keys beside the same kind of journal are tried once.</summary>
    private GatewayMark Keys(Materialised disk, bool mustBeThisGateway)
    {
        var hash = disk.HashUnder(home.KeysDirectory) + (ulong)(Kind(disk, home.JournalDatabase) * 3 + Kind(disk, home.JournalDatabase + "-wal"));
        if (!_keysTried.TryGetValue(hash, out var mark))
        {
            foreach (var path in new[] { home.GatewayKey, home.GatewayMark, home.HostKey, home.JournalKey })
            {
                disk.WillChange(path);
            }

            var problems = new StartProblems();
            using var keys = new KeyringLoader(home, problems).Open("crash");
            _keysTried[hash] = mark = keys?.Mark ?? throw new BrokenInvariantException(Invariant.KeysFit, string.Join(" ", problems.Found.Select(problem => problem.Message)));
        }

        return !mustBeThisGateway || mark.GatewayId == gateway ? mark : throw new BrokenInvariantException(Invariant.KeysFit, "the keys are another gateway's");
    }

    private static int Kind(Materialised disk, string path) => disk.Content(path) switch { null => 0, { Length: 0 } => 1, _ => 2 };
}
