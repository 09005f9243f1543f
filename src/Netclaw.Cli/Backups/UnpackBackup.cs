using System.Text.Json;
using Netclaw.Cli.Failures;
using Netclaw.Cli.Invocation;
using Netclaw.Cli.Output;
using Netclaw.Cli.Processes;

namespace Netclaw.Cli.Backups;

/// <summary><c>netclaw backup unpack</c>.</summary>
internal sealed class UnpackBackup(CommandContext context)
{
    /// <exception cref="CommandFailure">backup_damaged, or where it could not be written.</exception>
    public async Task<Report> RunAsync(string file, string to, CancellationToken cancellation)
    {
        var answer = await new OfflineVerb(context).RunAsync("backup-unpack", ["--file", Path.GetFullPath(file), "--to", Path.GetFullPath(to)], cancellation);
        return Report.Of(
            JsonSerializer.Deserialize(answer.Json, CliJson.Readable.UnpackReport)!, () => CliJson.Readable.UnpackReport,
            (unpacked, screen) => screen.Lines(unpacked.Files.Select(PlainText.Of)));
    }
}
