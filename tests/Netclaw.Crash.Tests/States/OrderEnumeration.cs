using System.Globalization;
using Netclaw.Crash.Tests.Invariants;
using Netclaw.Crash.Tests.Scenarios;
using Netclaw.Crash.Vfs.Recording;
using Netclaw.Daemon.Backups;
using Netclaw.Daemon.Start;
using Netclaw.Protocol;

namespace Netclaw.Crash.Tests.States;

/// <summary>Goes through the log of what is ordered in a file and then carried out, and recovers from every state that a crash may leave.</summary>
/// <param name="name">For people.</param>
/// <param name="before">Every file of the home, by its path.</param>
/// <param name="share">Of the states, how many are tried; 1: all of them.</param>
/// <param name="fullEvery">Every how-manieth new state is also gone on from as a person does.</param>
internal abstract class OrderEnumeration<TStand>(string name, IReadOnlyList<IoEvent> events, IReadOnlyDictionary<string, byte[]> before, int seed, int depth, double share, int fullEvery)
    where TStand : notnull
{
    private readonly Random _random = new(seed);
    private readonly Dictionary<ulong, TStand> _recovered = [];
    private readonly HashSet<(TStand Stand, int Version, bool Done)> _checked = [];
    private readonly HashSet<ulong> _archives = [];

    /// <summary>No states are made of the events before it.</summary>
    public int From { get; init; }

    public int Distinct => _recovered.Count;

    public int FullRecoveries { get; private set; }

    /// <summary>Of each distinct state, what it came to.</summary>
    protected IEnumerable<TStand> Stands => _recovered.Values;

    protected Ledger Ledger { get; } = new();

    /// <summary>It was said to be done.</summary>
    protected bool IsDone { get; private set; }

    public async Task GoThroughAsync(ScratchHome scratch, CancellationToken cancellation)
    {
        var disk = Disk.Of(before);
        var states = new CrashStates(seed, depth);
        for (var at = 0; at < events.Count; at++)
        {
            cancellation.ThrowIfCancellationRequested();
            if (events[at] is IoEvent.Marked { Mark: Mark mark })
            {
                Ledger.Note(mark);
                Note(mark);
                if (mark is Mark.Asked)
                {
                    continue; // allows more, demands nothing
                }
            }
            else
            {
                disk.Apply(events[at]);
            }

            if (at < From)
            {
                continue;
            }

            foreach (var state in states.At(disk, at + 1, onlyWithLast: events[at] is not IoEvent.Marked).Where(_ => share >= 1 || _random.NextDouble() < share))
            {
                await CheckAsync(state, scratch.Home);
            }
        }
    }

    protected virtual void Note(Mark mark) => IsDone |= mark is Mark.Completed;

    /// <summary>As the next start does.</summary>
    /// <param name="home">To do it in.</param>
    protected abstract TStand Recover(CrashState state, NetclawHome home);

    /// <summary>As a person goes on from there.</summary>
    protected abstract Task GoOnAsync(CrashState state, TStand stand);

    /// <summary>What was recovered against what had been said by then.</summary>
    protected abstract void MustStand(TStand stand);

    /// <summary>What can be told from the files alone.</summary>
    protected virtual void MustHold(CrashState state)
    {
    }

    private async Task CheckAsync(CrashState state, NetclawHome home)
    {
        try
        {
            var hash = OfWhatIsRead(state);
            if (!_recovered.TryGetValue(hash, out var stand))
            {
                _recovered[hash] = stand = Recover(state, home);
                if (_recovered.Count % fullEvery == 0)
                {
                    FullRecoveries++;
                    await GoOnAsync(state, stand);
                }
            }

            ArchivesAreWhole(state, home);
            MustHold(state);
            if (_checked.Add((stand, Ledger.Version, IsDone)))
            {
                MustStand(stand);
            }
        }
        catch (BrokenInvariantException e)
        {
            throw new BrokenInvariantException(e.Invariant, string.Create(
                CultureInfo.InvariantCulture, $"{e.Seen} ({name}, seed {seed}, after event {state.After} of {events.Count}, {events[state.After - 1]}, unflushed {state.How}; {state.Listing})"));
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
