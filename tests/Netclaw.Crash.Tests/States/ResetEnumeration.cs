using Netclaw.Crash.Tests.Invariants;
using Netclaw.Crash.Tests.Recovery;
using Netclaw.Crash.Tests.Scenarios;
using Netclaw.Protocol;

namespace Netclaw.Crash.Tests.States;

/// <summary>Goes through the log of a full reset: not begun, or completed by the next start at the latest, and never half of either.</summary>
internal sealed class ResetEnumeration : OrderEnumeration<ResetStand>
{
    private readonly RecordedReset _run;
    private readonly ResetRecovery _recovery;
    private bool _backedUp;

    /// <param name="share">Of the states, how many are tried; 1: all of them.</param>
    /// <param name="fullEvery">Every how-manieth new state is also started from, and reset once more.</param>
    public ResetEnumeration(RecordedReset run, int seed, int depth, double share, int fullEvery)
        : base("reset", run.Events, run.Before, seed, depth, share, fullEvery)
    {
        (_run, _recovery) = (run, new ResetRecovery(run));
        foreach (var change in run.Given)
        {
            Ledger.Given(change);
        }
    }

    public int At(ResetStage stage) => Stands.Count(stand => stand.Stage == stage);

    protected override void Note(Mark mark)
    {
        base.Note(mark);
        _backedUp |= mark is Mark.BackedUp;
    }

    protected override ResetStand Recover(CrashState state, NetclawHome home) => _recovery.Recover(state, home);

    protected override Task GoOnAsync(CrashState state, ResetStand stand) => ResetAgain.CheckAsync(state, _run, stand);

    protected override void MustStand(ResetStand stand)
    {
        if (stand.Stage == ResetStage.Completed)
        {
            RegistryInvariants.Check(Ledger, _run.Next.Facts(stand.Records));
        }
        else if (IsDone)
        {
            throw new BrokenInvariantException(Invariant.AcknowledgedIsKept, $"the reset was said to be done, and it is {stand.Stage}");
        }
    }

    protected override void MustHold(CrashState state)
    {
        if (_backedUp && !state.Files.ContainsKey(_run.Backup))
        {
            throw new BrokenInvariantException(Invariant.ArchivesAreWhole, "the backup was said to be made, and is gone");
        }
    }
}
