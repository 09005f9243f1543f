using Netclaw.Actors.Devices;
using Netclaw.Crash.Tests.Invariants;
using Netclaw.Crash.Tests.Scenarios;
using Netclaw.Crash.Tests.States;
using Netclaw.Daemon.Backups;
using Netclaw.Daemon.Journal;
using Netclaw.Daemon.Keys;
using Netclaw.Daemon.Recovery;
using Netclaw.Daemon.Start;
using Netclaw.Protocol;

namespace Netclaw.Crash.Tests.Recovery;

/// <summary>How far a full reset had come.</summary>
internal enum ResetStage
{
    /// <summary>The former journal is in force.</summary>
    NotBegun,

    /// <summary>It was ordered: the next start completes it.</summary>
    Ordered,

    Completed,
}

/// <summary>Where a home stands after a crash in or after a full reset.</summary>
/// <param name="Records">How many there are in the journal that has the name: the former one, or the new one.</param>
internal sealed record ResetStand(ResetStage Stage, int Records);

/// <summary>
/// Recovers a crash state of a full reset as a start does: what was ordered is carried out, keys and journal are read, the reset is completed. That last step by the
/// product's own rules on a registry in memory; a share of the states is started for real besides.
/// </summary>
internal sealed class ResetRecovery(RecordedReset run)
{
    private readonly Ledger _given = run.Given.Aggregate(new Ledger(), (ledger, change) => ledger.Given(change));

    public ResetStand Recover(CrashState state, NetclawHome home)
    {
        RestoreRecovery.Become(home, state, run.Home);
        var problems = new StartProblems();
        RestoreOrder.Resume(home, problems);
        var order = FullReset.Resume(home, problems);
        using var keys = problems.Any ? null : new KeyringLoader(home, problems).Open("crash");
        if (keys is null || !SqliteFiles.Prepare(home.JournalDatabase, problems) || !SqliteFiles.Prepare(home.SnapshotDatabase, problems))
        {
            throw new BrokenInvariantException(Invariant.Recovers, string.Join(" ", problems.Found.Select(problem => problem.Message)));
        }

        if (keys.Mark.GatewayId != run.Gateway)
        {
            throw new BrokenInvariantException(Invariant.KeysFit, "the keys are another gateway's");
        }

        var stage = order is not null ? ResetStage.Ordered : keys.Mark.Epoch == RecordedReset.Epoch ? ResetStage.Completed : ResetStage.NotBegun;
        var history = stage == ResetStage.NotBegun ? run.Former : run.Next;
        var records = history.MustBeABeginning(RestoreRecovery.Rows(home.JournalDatabase));
        history.MustFit(JournalImage.Snapshots(home.SnapshotDatabase), records);
        history.MustReach(keys.Mark.Head(DeviceRegistryActor.Id), records);
        if (records < stage switch { ResetStage.NotBegun => run.Former.Count, ResetStage.Completed => run.Put, _ => 0 })
        {
            throw new BrokenInvariantException(Invariant.ResetIsWholeOrNotBegun, $"{stage}, and the journal has {records} records");
        }

        if (stage == ResetStage.NotBegun)
        {
            HostIsTheOneInForce(keys, run.Former.State(records));
            return new ResetStand(stage, records);
        }

        FormerIsKept(home);
        HostIsTheOneInForce(keys, order is null ? run.Next.State(records) : Completed(home, order, keys, run.Next.State(records)));
        return new ResetStand(stage, records);
    }

    private RegistryState Completed(NetclawHome home, ResetOrder order, Keyring keys, RegistryState state)
    {
        var time = SteadyTime.Instance;
        var finishing = FullReset.FinishAsync(home, order, keys, AskAsync, () => state.View(time.GetUtcNow(), sequence: 0), () => [], time.GetUtcNow(), time);
        var refused = finishing.IsCompleted ? finishing.GetAwaiter().GetResult() : throw new InvalidOperationException("it waits for something");
        if (refused is not null || Unfinished.Of(home) != Actors.Recovery.UnfinishedWork.None || keys.Mark.Epoch != RecordedReset.Epoch || state.Epoch != RecordedReset.Epoch)
        {
            throw new BrokenInvariantException(Invariant.ResetIsWholeOrNotBegun, $"the next start does not complete it: {refused?.Seen}; epoch {state.Epoch}, the mark's {keys.Mark.Epoch}");
        }

        RegistryInvariants.Check(_given, RegistryFacts.Of(state));
        return state;

        Task<RegistryReply?> AskAsync(RegistryCommand command)
        {
            var decision = DeviceDecider.Decide(command, state);
            state = decision.Events.Aggregate(state, (before, @event) => before.Apply(@event));
            return Task.FromResult<RegistryReply?>(decision.Reply);
        }
    }

    /// <summary>Under their dated names, with every byte.</summary>
    private void FormerIsKept(NetclawHome home)
    {
        foreach (var (path, bytes) in run.Kept)
        {
            var here = home.Root + path[run.Home.Root.Length..];
            if (!File.Exists(here) || !File.ReadAllBytes(here).AsSpan().SequenceEqual(bytes))
            {
                throw new BrokenInvariantException(Invariant.ResetIsWholeOrNotBegun, $"{Path.GetFileName(path)} is {(File.Exists(here) ? "not what was set aside" : "lost")}");
            }
        }
    }

    private static void HostIsTheOneInForce(Keyring keys, RegistryState state)
    {
        var inForce = RegistryFacts.Of(state).Hosts.Where(host => host.Value is DeviceStand.Paired).Select(host => host.Key).ToList();
        if (keys.Host is not { } host || state.Host != host.Public.DeviceId || inForce is not [var only] || only != state.Host)
        {
            throw new BrokenInvariantException(Invariant.HostKeyIsTheOneInForce,
                $"the file is {keys.Host?.Public.DeviceId.Short ?? "missing"}, the registry has {state.Host?.Short ?? "none"}; in force: {string.Join(", ", inForce.Select(each => each.Short))}");
        }
    }
}
