using Netclaw.Crash.Tests.Invariants;
using Netclaw.Crash.Tests.Recovery;
using Netclaw.Crash.Tests.Scenarios;
using Netclaw.Protocol;

namespace Netclaw.Crash.Tests.States;

/// <summary>Goes through the log of a restore: the journal before or the one after, whole, and never half of either.</summary>
internal sealed class RestoreEnumeration : OrderEnumeration<RestoreStand>
{
    private readonly RecordedRestore _run;

    /// <param name="share">Of the states, how many are tried; 1: all of them.</param>
    /// <param name="fullEvery">Every how-manieth new state is also started from, and restored once more.</param>
    public RestoreEnumeration(RecordedRestore run, int seed, int depth, double share, int fullEvery)
        : base("restore", run.Events, run.Before, seed, depth, share, fullEvery)
    {
        _run = run;
        foreach (var change in run.Given)
        {
            Ledger.Given(change);
        }
    }

    public int Restored => Stands.Count(stand => stand.IsRestored);

    protected override RestoreStand Recover(CrashState state, NetclawHome home) => new RestoreRecovery(_run, home).Recover(state);

    protected override Task GoOnAsync(CrashState state, RestoreStand stand) => RestoreAgain.CheckAsync(state, _run, stand);

    protected override void MustStand(RestoreStand stand)
    {
        if (stand.IsRestored)
        {
            RegistryInvariants.Check(Ledger, _run.Next.Facts(stand.Records));
        }
        else if (IsDone)
        {
            throw new BrokenInvariantException(Invariant.AcknowledgedIsKept, "the restore was said to be done, and the journal before is in force");
        }
    }
}
