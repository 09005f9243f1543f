using System.Globalization;
using System.Text.Json;
using Netclaw.Cli.Failures;
using Netclaw.Cli.Invocation;
using Netclaw.Cli.Output;
using Netclaw.Cli.Processes;

namespace Netclaw.Cli.Backups;

/// <summary><c>netclaw backup verify</c>.</summary>
internal sealed class VerifyBackup(CommandContext context)
{
    /// <exception cref="CommandFailure">backup_damaged, with the place; backup_unreadable.</exception>
    public async Task<Report> RunAsync(string file, CancellationToken cancellation)
    {
        var answer = await new OfflineVerb(context).RunAsync("backup-verify", ["--file", Path.GetFullPath(file)], cancellation);
        return Report.Of(JsonSerializer.Deserialize(answer.Json, CliJson.Readable.BackupVerified)!, () => CliJson.Readable.BackupVerified, Print);
    }

    private static void Print(BackupVerified seen, Screen screen)
    {
        var made = seen.CreatedAt.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
        screen.Line($"{PlainText.Of(seen.File)} is what was written.");
        if (seen.Raw)
        {
            screen.Line($"A damaged home's files as they lay at {made}Z: {seen.Files.ToString(CultureInfo.InvariantCulture)}.");
            return;
        }

        var elsewhere = seen.Provider == "postgresql";
        var what = elsewhere ? "keys and settings" : $"{seen.Records.ToString(CultureInfo.InvariantCulture)} records, {Spoken.Count(seen.Devices, "device")}";
        screen.Line($"Gateway {PlainText.Of(seen.Name)} ({seen.Gateway}) at {made}Z, epoch {seen.Epoch.ToString(CultureInfo.InvariantCulture)}: {what}.");
        if (elsewhere)
        {
            screen.Line("The journal was on PostgreSQL, and is not in it.");
        }
    }
}
