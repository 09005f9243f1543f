using Netclaw.Actors.Devices;
using Netclaw.Crash.Tests.Invariants;
using Netclaw.Crash.Tests.Scenarios;
using Netclaw.Crash.Tests.States;
using Netclaw.Daemon.Backups;
using Netclaw.Daemon.Journal;
using Netclaw.Daemon.Keys;
using Netclaw.Daemon.Start;
using Netclaw.Protocol;

namespace Netclaw.Crash.Tests.Recovery;

/// <summary>Where a home stands after a crash in or after a restore.</summary>
/// <param name="IsRestored">Whether the journal is the restored one.</param>
/// <param name="Records">How many there are.</param>
internal sealed record RestoreStand(bool IsRestored, int Records);

/// <summary>Recovers a crash state of a restore as a start does: what was ordered is carried out, keys and journal are read. One of the two journals is there, whole.</summary>
internal sealed class RestoreRecovery(RecordedRestore run, NetclawHome home)
{
    public RestoreStand Recover(CrashState state)
    {
        Become(home, state, run.Home);
        var problems = new StartProblems();
        RestoreOrder.Resume(home, problems);
        using var keys = problems.Any ? null : new KeyringLoader(home, problems).Open("crash");
        if (keys is null || !SqliteFiles.Prepare(home.JournalDatabase, problems) || !SqliteFiles.Prepare(home.SnapshotDatabase, problems))
        {
            throw new BrokenInvariantException(Invariant.Recovers, string.Join(" ", problems.Found.Select(problem => problem.Message)));
        }

        if (keys.Mark.GatewayId != run.Gateway)
        {
            throw new BrokenInvariantException(Invariant.KeysFit, "the keys are another gateway's");
        }

        var isRestored = keys.Mark.Epoch == RecordedRestore.Epoch;
        var history = isRestored ? run.Next : run.Former;
        var records = history.MustBeABeginning(Rows(home.JournalDatabase));
        history.MustFit(JournalImage.Snapshots(home.SnapshotDatabase), records);
        history.MustReach(keys.Mark.Head(DeviceRegistryActor.Id), records);
        if (records < (isRestored ? run.Put : run.Former.Count))
        {
            throw new BrokenInvariantException(Invariant.OneJournalIsWhole, $"epoch {keys.Mark.Epoch} has {records} records");
        }

        if (isRestored)
        {
            FormerIsKept();
        }

        return new RestoreStand(isRestored, records);
    }

    /// <param name="recorded">Where the state's paths lie.</param>
    public static void Become(NetclawHome home, CrashState state, NetclawHome recorded) =>
        RecordedRestore.Fill(home, state.Files.Select(file => KeyValuePair.Create(file.Key, file.Value.Bytes)), recorded.Root);

    private void FormerIsKept()
    {
        var dated = Directory.EnumerateFiles(home.StateDirectory, "netclaw.db.????????-??????").ToList();
        if (dated is not [var only] || run.Former.MustBeABeginning(Rows(only)) < run.Former.Count)
        {
            throw new BrokenInvariantException(Invariant.OneJournalIsWhole, $"what was replaced is not kept whole: {string.Join(", ", dated.Select(Path.GetFileName))}");
        }
    }

    public static List<StoredRow> Rows(string path)
    {
        try
        {
            return JournalImage.Events(path);
        }
        catch (IOException e)
        {
            throw new BrokenInvariantException(Invariant.Recovers, $"{Path.GetFileName(path)}: {e.Message}");
        }
    }
}
