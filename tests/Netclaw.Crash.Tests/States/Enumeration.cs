using System.Globalization;
using Netclaw.Crash.Tests.Invariants;
using Netclaw.Crash.Tests.Recovery;
using Netclaw.Crash.Tests.Scenarios;
using Netclaw.Crash.Vfs.Recording;
using Netclaw.Protocol;

namespace Netclaw.Crash.Tests.States;

/// <summary>What of a run is gone through: its log, what was there before, where it was.</summary>
internal sealed record RecordedRun(string Name, string Root, IReadOnlyList<IoEvent> Events, IReadOnlyDictionary<string, byte[]> Before, JournalHistory History, GatewayId Gateway, bool Repairs);

/// <summary>Goes through a log, recovers from every state that a crash may leave, and checks each against what had been acknowledged by then.</summary>
/// <param name="distinct">Hashes of all states seen so far, of all runs.</param>
/// <param name="fullEvery">Every how-manieth new state is also recovered by a real start.</param>
internal sealed class Enumeration(RecordedRun run, int seed, int depth, HashSet<ulong> distinct, int fullEvery)
{
    private readonly Dictionary<ulong, int> _recovered = [];
    private readonly HashSet<(int Records, int Version)> _checked = [];
    private readonly HashSet<(int Records, ulong Keys)> _repaired = [];
    private readonly Ledger _ledger = new();

    public int FullRecoveries { get; private set; }

    /// <summary>Kinds of state from which the host's access was repaired.</summary>
    public int Repairs => _repaired.Count;

    public async Task GoThroughAsync(ScratchHome scratch, CancellationToken cancellation)
    {
        var disk = Disk.Of(run.Before);
        var states = new CrashStates(seed, depth);
        var quick = new QuickRecovery(run.History, scratch.Home, run.Gateway);
        var home = new Materialised(run.Root, scratch.Home.Root);
        var acknowledged = false;
        for (var at = 0; at < run.Events.Count; at++)
        {
            cancellation.ThrowIfCancellationRequested();
            var @event = run.Events[at];
            if (@event is IoEvent.Marked { Mark: Mark mark })
            {
                _ledger.Note(mark);
                acknowledged |= mark is Mark.Acknowledged;
                if (mark is Mark.Asked)
                {
                    continue; // allows more, demands nothing
                }
            }
            else
            {
                disk.Apply(@event);
            }

            foreach (var state in states.At(disk, at + 1, onlyWithLast: @event is not IoEvent.Marked))
            {
                await CheckAsync(state, quick, home, acknowledged);
            }
        }
    }

    private async Task CheckAsync(CrashState state, QuickRecovery quick, Materialised home, bool acknowledged)
    {
        try
        {
            if (!_recovered.TryGetValue(state.Hash, out var records))
            {
                home.Become(state);
                _recovered[state.Hash] = records = quick.Recover(home, acknowledged);
                if (distinct.Add(state.Hash) && distinct.Count % fullEvery == 0)
                {
                    await CompareAsync(state, records);
                }
            }

            if (run.Repairs && _repaired.Add((records, KindOfKeys(state))))
            {
                await RepairRecovery.CheckAsync(state, run.Root, _ledger);
            }

            if (_checked.Add((records, _ledger.Version)))
            {
                RegistryInvariants.Check(_ledger, run.History.Facts(records));
            }
        }
        catch (BrokenInvariantException e)
        {
            throw new BrokenInvariantException(e.Invariant, string.Create(
                CultureInfo.InvariantCulture, $"{e.Seen} ({run.Name}, seed {seed}, after event {state.After} of {run.Events.Count}, unflushed {state.How})"));
        }
    }

    /// <summary>What there is of keys; of files that have no name yet only that they are there.</summary>
    private static ulong KindOfKeys(CrashState state) => state.Files
        .Where(file => file.Key.Contains("/keys/", StringComparison.Ordinal))
        .Aggregate(0UL, (hash, file) => hash + ContentHash.Mix(
            ContentHash.Of(System.Text.Encoding.UTF8.GetBytes(file.Key)), file.Key.EndsWith(".tmp", StringComparison.Ordinal) ? 0 : file.Value.Hash));

    private async Task CompareAsync(CrashState state, int records)
    {
        FullRecoveries++;
        var started = RegistryFacts.Of(await FullRecovery.RecoverAsync(state, run.Root)).Devices;
        var read = run.History.Facts(records).Devices;
        if (started.Count != read.Count || started.Any(device => !read.TryGetValue(device.Key, out var stand) || stand != device.Value))
        {
            throw new BrokenInvariantException(Invariant.BothRecoveriesAgree, $"a start finds {started.Count} devices, reading {records} records finds {read.Count}, or others");
        }
    }
}
