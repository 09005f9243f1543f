using System.Globalization;
using System.Text.Json;
using Netclaw.Cli.Failures;
using Netclaw.Cli.Invocation;
using Netclaw.Cli.Output;
using Netclaw.Cli.Processes;
using Netclaw.Protocol;

namespace Netclaw.Cli.Backups;

/// <summary><c>netclaw backup restore</c>: the plan, a yes, the restore.</summary>
internal sealed class RestoreBackup(CommandContext context)
{
    /// <exception cref="CommandFailure">Why nothing was restored.</exception>
    public async Task<Report> RunAsync(string file, bool dryRun, bool yes, CancellationToken cancellation)
    {
        context.RefuseElsewhere("backup restore");
        string[] from = ["--file", Path.GetFullPath(file)];
        if (LockHolder.Find(context.Home.LockFile) is { } pid && !dryRun)
        {
            throw new CommandFailure(RefusalCode.DaemonAlreadyRunning, $"A restore wants the home for itself, and netclawd (pid {pid}) serves it. Nothing was changed.", "netclaw daemon stop");
        }

        var plan = await AskAsync("backup-plan", from, cancellation);
        if (dryRun)
        {
            return Said(plan);
        }

        if (!context.Screen.Json)
        {
            Print(plan, context.Screen);
        }

        await ConsentAsync(yes, file, cancellation);
        return Said(await AskAsync("backup-restore", from, cancellation));
    }

    private async Task<RestoreReport> AskAsync(string verb, string[] from, CancellationToken cancellation) =>
        JsonSerializer.Deserialize((await new OfflineVerb(context).RunAsync(verb, from, cancellation)).Json, CliJson.Readable.RestoreReport)!;

    private async Task ConsentAsync(bool yes, string file, CancellationToken cancellation)
    {
        if (yes)
        {
            return;
        }

        if (!context.Screen.CanAsk)
        {
            throw new CommandFailure(RefusalCode.ConsentRequired, "The restore wants a yes, and nobody is there to give it. Nothing was changed.", $"netclaw backup restore '{file}' --yes");
        }

        if (!await context.Screen.ConfirmAsync("Restore?", cancellation))
        {
            throw new CommandFailure(RefusalCode.Cancelled, "Nothing was changed.");
        }
    }

    private static Report Said(RestoreReport report) => Report.Of(report, () => CliJson.Readable.RestoreReport, Print);

    private static void Print(RestoreReport report, Screen screen)
    {
        if (report.Done)
        {
            PrintDone(report, screen);
            return;
        }

        screen.Line($"Backup of {PlainText.Of(report.Name)} ({report.Gateway}), made at {report.CreatedAt.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture)}Z");
        screen.Lines(report.Writes.Select(write => $"{screen.Bold("write")} {PlainText.Of(write)}"));
        screen.Line($"{Spoken.Count(report.Devices, "device")} restored, {report.StayRevoked.ToString(CultureInfo.InvariantCulture)} revoked since and staying so");
        if (report.Suspended > 0)
        {
            screen.Line($"{Spoken.Count(report.Suspended, "device")} wait for your word, because what was revoked since cannot be known: {PlainText.Of(report.Why ?? "")}");
        }
    }

    private static void PrintDone(RestoreReport report, Screen screen)
    {
        if (report.Backup is { } backup)
        {
            screen.Line($"What was there before: {PlainText.Of(backup)}");
        }

        screen.Lines((report.SetAside ?? []).Select(aside => $"Kept: {PlainText.Of(aside)}"));
        screen.Line($"Restored: epoch {report.To.ToString(CultureInfo.InvariantCulture)}, {report.Records.ToString(CultureInfo.InvariantCulture)} records, {Spoken.Count(report.Devices, "device")}.");
        if (report.Suspended > 0)
        {
            screen.Line("Devices wait for your word: netclaw devices confirm --all, or one by one.");
        }

        screen.Line("next   netclaw up");
    }
}
