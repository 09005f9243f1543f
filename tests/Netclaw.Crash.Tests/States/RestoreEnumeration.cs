using System.Globalization;
using Netclaw.Crash.Tests.Invariants;
using Netclaw.Crash.Tests.Recovery;
using Netclaw.Crash.Tests.Scenarios;
using Netclaw.Crash.Vfs.Recording;
using Netclaw.Daemon.Backups;
using Netclaw.Daemon.Start;
using Netclaw.Protocol;

namespace Netclaw.Crash.Tests.States;

/// <summary>Goes through the log of a restore and recovers from every state that a crash may leave: the journal before or the one after, whole, and never half of either.</summary>
/// <param name="share">Of the states, how many are tried; 1: all of them.</param>
/// <param name="fullEvery">Every how-manieth new state is also started from, and restored once more.</param>
internal sealed class RestoreEnumeration(RecordedRestore run, int seed, int depth, double share, int fullEvery)
{
    private readonly Random _random = new(seed);
    private readonly Dictionary<ulong, RestoreStand> _recovered = [];
    private readonly HashSet<(RestoreStand Stand, int Version, bool Restored)> _checked = [];
    private readonly HashSet<ulong> _archives = [];
    private readonly Ledger _ledger = new();
    private bool _restored;

    public int Distinct => _recovered.Count;

    public int Restored => _recovered.Values.Count(stand => stand.IsRestored);

    public int FullRecoveries { get; private set; }

    public async Task GoThroughAsync(ScratchHome scratch, CancellationToken cancellation)
    {
        foreach (var change in run.Given)
        {
            _ledger.Given(change);
        }

        var disk = Disk.Of(run.Before);
        var states = new CrashStates(seed, depth);
        var recovery = new RestoreRecovery(run, scratch.Home);
        for (var at = 0; at < run.Events.Count; at++)
        {
            cancellation.ThrowIfCancellationRequested();
            if (run.Events[at] is IoEvent.Marked { Mark: Mark mark })
            {
                _ledger.Note(mark);
                _restored |= mark is Mark.Restored;
                if (mark is Mark.Asked)
                {
                    continue; // allows more, demands nothing
                }
            }
            else
            {
                disk.Apply(run.Events[at]);
            }

            foreach (var state in states.At(disk, at + 1, onlyWithLast: run.Events[at] is not IoEvent.Marked).Where(_ => share >= 1 || _random.NextDouble() < share))
            {
                await CheckAsync(state, recovery, scratch.Home);
            }
        }
    }

    private async Task CheckAsync(CrashState state, RestoreRecovery recovery, NetclawHome home)
    {
        try
        {
            var hash = OfWhatIsRead(state);
            if (!_recovered.TryGetValue(hash, out var stand))
            {
                _recovered[hash] = stand = recovery.Recover(state);
                if (_recovered.Count % fullEvery == 0)
                {
                    FullRecoveries++;
                    await RestoreAgain.CheckAsync(state, run, stand);
                }
            }

            ArchivesAreWhole(state, home);
            if (_checked.Add((stand, _ledger.Version, _restored)))
            {
                MustStand(stand);
            }
        }
        catch (BrokenInvariantException e)
        {
            throw new BrokenInvariantException(e.Invariant, string.Create(
                CultureInfo.InvariantCulture, $"{e.Seen} (restore, seed {seed}, after event {state.After} of {run.Events.Count}, {run.Events[state.After - 1]}, unflushed {state.How}; {state.Listing})"));
        }
    }

    private void MustStand(RestoreStand stand)
    {
        if (stand.IsRestored)
        {
            RegistryInvariants.Check(_ledger, run.Next.Facts(stand.Records));
        }
        else if (_restored)
        {
            throw new BrokenInvariantException(Invariant.AcknowledgedIsKept, "the restore was said to be done, and the journal before is in force");
        }
    }

    /// <summary>What has an archive's name is one, whole.</summary>
    private void ArchivesAreWhole(CrashState state, NetclawHome home)
    {
        foreach (var (path, content) in state.Files.Where(file => file.Key.EndsWith(BackupPlace.Extension, StringComparison.Ordinal)))
        {
            if (!_archives.Add(content.Hash))
            {
                continue;
            }

            var problems = new StartProblems();
            var copy = Path.Combine(home.LogsDirectory, "looked-at" + BackupPlace.Extension);
            File.WriteAllBytes(copy, content.Bytes);
            if (CheckedArchive.Open(copy, problems) is null)
            {
                throw new BrokenInvariantException(Invariant.ArchivesAreWhole, $"{Path.GetFileName(path)}: {problems.Found[0].Message}");
            }
        }
    }

    /// <summary>Of names that were drawn, and of what no start reads, only what matters.</summary>
    private static ulong OfWhatIsRead(CrashState state) => state.Files
        .Where(file => file.Key.Contains("/keys/", StringComparison.Ordinal) || file.Key.Contains("/state/", StringComparison.Ordinal))
        .Where(file => !file.Key.EndsWith(".tmp", StringComparison.Ordinal))
        .Aggregate(0UL, (hash, file) => hash + ContentHash.Mix(ContentHash.Of(System.Text.Encoding.UTF8.GetBytes(file.Key)), file.Value.Hash));
}
