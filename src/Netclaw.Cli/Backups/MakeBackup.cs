using System.Globalization;
using System.Text.Json;
using Netclaw.Cli.Failures;
using Netclaw.Cli.Invocation;
using Netclaw.Cli.Output;
using Netclaw.Cli.Processes;

namespace Netclaw.Cli.Backups;

/// <summary><c>netclaw backup create</c>.</summary>
internal sealed class MakeBackup(CommandContext context)
{
    /// <exception cref="CommandFailure">Why none was made; then there is no such file.</exception>
    public async Task<Report> RunAsync(string? to, bool raw, int? keep, CancellationToken cancellation)
    {
        context.RefuseElsewhere("backup create");
        string[] arguments =
        [
            .. to is null ? (string[])[] : ["--to", Path.GetFullPath(to)],
            .. raw ? (string[])["--raw", "true"] : [],
            .. keep is { } number ? (string[])["--keep", number.ToString(CultureInfo.InvariantCulture)] : [],
        ];
        var answer = await new OfflineVerb(context).RunAsync("backup-create", arguments, cancellation);
        return Report.Of(JsonSerializer.Deserialize(answer.Json, CliJson.Readable.BackupMade)!, () => CliJson.Readable.BackupMade, Print);
    }

    private static void Print(BackupMade made, Screen screen)
    {
        var what = made switch
        {
            { Raw: true } => "keys/ and state/ as they lay",
            { Dump: not null } => "keys and settings",
            _ => $"{made.Records.ToString(CultureInfo.InvariantCulture)} records, {Spoken.Count(made.Devices, "device")}",
        };
        screen.Line($"{PlainText.Of(made.File)}: {what}, {Size(made.Bytes)}.");
        screen.Line("It holds every key of this gateway: whoever can read it can be this gateway. Its mode is 0600.");
        if (made.Dump is { } dump)
        {
            screen.Line("The journal is on PostgreSQL, and not in it. Save it beside, now:");
            screen.Line($"  {PlainText.Of(dump)}");
        }

        screen.Lines((made.Removed ?? []).Select(removed => $"removed {PlainText.Of(removed)}"));
    }

    private static string Size(long bytes) => bytes < 1024 * 1024
        ? string.Create(CultureInfo.InvariantCulture, $"{(bytes + 1023) / 1024} KiB")
        : string.Create(CultureInfo.InvariantCulture, $"{bytes / 1048576.0:0.0} MiB");
}
