using System.Text.Json;
using Netclaw.Cli.Gateway;
using Netclaw.Cli.Invocation;
using Netclaw.Cli.Output;
using Netclaw.Cli.Processes;
using Netclaw.Protocol;

namespace Netclaw.Cli.Importing;

/// <summary>
/// <c>netclaw import</c>: the daemon's program reads the files; a daemon that runs decides and writes, over its control socket, else the daemon's program does it
/// under the lock.
/// </summary>
internal sealed class ImportDevices(CommandContext context)
{
    public async Task<int> RunAsync(string path, bool dryRun, CancellationToken cancellation)
    {
        context.RefuseElsewhere("import");
        string[] from = ["--from", Path.GetFullPath(path)];
        var verbs = new OfflineVerb(context);
        var report = LockHolder.Find(context.Home.LockFile) is null
            ? Read<ImportReport>(await verbs.RunAsync(dryRun ? "import-plan" : "import-apply", from, cancellation))
            : await SendAsync(Read<ImportReading>(await verbs.RunAsync("import-read", from, cancellation)), dryRun, cancellation);
        context.Screen.Show(Report.Of(report, () => CliJson.Readable.ImportReport, ImportSheet.Print));
        return report.NotKept > 0 ? ExitCodes.Warned : ExitCodes.Ok;
    }

    /// <summary>In calls of a size that is one write for the daemon. What is cut off between two of them is found there by the next run.</summary>
    private async Task<ImportReport> SendAsync(ImportReading reading, bool dryRun, CancellationToken cancellation)
    {
        await using var gateway = await GatewayDialer.OpenControlAsync(context, cancellation);
        var rows = new List<ImportRow>();
        foreach (var entries in reading.Items.Select(item => item.Entry).OfType<ImportEntry>().Chunk(ImportParams.MostEntries))
        {
            rows.AddRange((await gateway.ImportAsync(new ImportParams([.. entries], dryRun))).Rows);
        }

        return ImportReport.Of(reading, rows, dryRun);
    }

    private static T Read<T>(OfflineAnswer answer) where T : class => (T)JsonSerializer.Deserialize(answer.Json, typeof(T), CliJson.Readable)!;
}
