using Netclaw.Actors.Recovery;
using Netclaw.Daemon.Backups;
using Netclaw.Daemon.Start;
using Netclaw.Protocol;

namespace Netclaw.Daemon.Recovery;

/// <summary>
/// A restore or a full reset that was agreed to and cut short. From the moment that its order stands there is only the way forward, which the next start takes at the latest;
/// until then the home is of two halves, and whatever else is done to it could be undone by that start.
/// </summary>
internal static class Unfinished
{
    /// <summary>Where both stand it is the restore: it came later, and takes the reset's place.</summary>
    public static UnfinishedWork Of(NetclawHome home) => FileFacts.OfPath(home.RestoreOrder) is not null ? UnfinishedWork.Restore
        : FileFacts.OfPath(home.ResetOrder) is not null ? UnfinishedWork.Reset
        : UnfinishedWork.None;

    /// <summary>For whoever is about to write, under the lock, before anything is opened: a restore goes on; a reset, which wants more than files, is left to the next start.</summary>
    /// <param name="problems">Gets why nothing may be written.</param>
    public static void Settle(NetclawHome home, StartProblems problems)
    {
        RestoreOrder.Resume(home, problems);
        if (!problems.Any)
        {
            Refuse(home, problems);
        }
    }

    /// <summary>For whoever decides on what is there and changes nothing.</summary>
    public static void Refuse(NetclawHome home, StartProblems problems)
    {
        if (RepairPlan.Words(Of(home)) is { } meaning)
        {
            problems.Add(RefusalCode.RepairNotSafe, $"{meaning} Nothing was changed.", RepairPlan.NextStart);
        }
    }
}
