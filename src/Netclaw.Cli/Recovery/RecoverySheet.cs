using Netclaw.Cli.Output;
using Netclaw.Protocol;

namespace Netclaw.Cli.Recovery;

/// <summary>A plan and its outcome, for a person.</summary>
internal static class RecoverySheet
{
    public static Report Report(RecoverReport report) => Output.Report.Of(report, () => CliJson.Readable.RecoverReport, Print);

    /// <summary>Before anybody is asked: each write with before and after, and who stays.</summary>
    public static void Print(RecoveryPlanResult plan, Screen screen)
    {
        screen.Line($"State {plan.Row}, {PlainText.Of(plan.State)}: {PlainText.Of(plan.Meaning)}");
        screen.Lines(plan.Seen.Select(seen => "  " + PlainText.Of(seen)));
        foreach (var write in plan.Writes)
        {
            screen.Line($"{screen.Bold("write")} {PlainText.Of(write.What)}");
            screen.Line($"  before  {PlainText.Of(write.Before)}");
            screen.Line($"  after   {PlainText.Of(write.After)}");
        }

        screen.Line($"remote devices kept: {plan.DevicesKept} of {plan.DevicesOf}");
    }

    private static void Print(RecoverReport report, Screen screen)
    {
        switch (report)
        {
            case { Outcome: RecoverReport.Healthy }:
                screen.Line("Local access is as it should be; there is nothing to do.");
                break;
            case { Outcome: RecoverReport.Planned }:
                screen.Line("Nothing was changed.");
                break;
            case { Repair: { } repair, Proof: { } proof }:
                Print(repair, proof, report.Backup, screen);
                break;
        }
    }

    private static void Print(RecoveryRepairResult repair, AccessProven proof, BackupMade? backup, Screen screen)
    {
        if (backup is not null)
        {
            screen.Line($"Backup: {PlainText.Of(backup.File)}");
        }

        screen.Line(repair.Former is { } former
            ? $"This host is {repair.Host.Short} now; {former.Short} opens nothing any more. {Spoken.Count(repair.ConnectionsClosed, "live connection")} closed."
            : $"This host is {repair.Host.Short} now.");
        foreach (var aside in repair.SetAside)
        {
            screen.Line($"Kept: {PlainText.Of(aside)}");
        }

        screen.Line(repair.Epoch is { } epoch
            ? $"Epoch {epoch} has begun: every device pairs anew. Local devices are paired without a prompt again after netclaw devices auto-approve confirm."
            : $"remote devices kept: {repair.DevicesKept} of {repair.DevicesOf}");
        screen.Line($"Proven: let in by {proof.ControlSocket}{(proof.HostKey is { } url ? $", and by the host key at {url}" : "")}.");
    }
}
