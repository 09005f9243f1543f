using System.Collections.Immutable;
using Netclaw.Cli.Failures;
using Netclaw.Cli.Invocation;
using Netclaw.Cli.Output;
using Netclaw.Protocol;

namespace Netclaw.Cli.Logs;

/// <param name="Lines">Oldest first.</param>
internal sealed record LogsReport(string File, ImmutableArray<string> Lines);

/// <summary><c>netclaw logs</c>: a file of this machine; a remote gateway's log is read where the gateway is.</summary>
internal sealed class ShowLogs(CommandContext context)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    public async Task<int> RunAsync(int lines, bool follow, CancellationToken cancellation)
    {
        Check(follow);
        var path = context.Home.DaemonLog;
        using var tail = Reading(path, () => new LogTail(path));
        var last = Reading(path, () => tail.LastLines(lines));
        if (context.Options.Json)
        {
            context.Screen.Show(Report.Of(new LogsReport(path, [.. last]), () => CliJson.Readable.LogsReport, (_, _) => { }));
            return ExitCodes.Ok;
        }

        Print(last);
        while (follow)
        {
            cancellation.ThrowIfCancellationRequested();
            if (!tail.IsBehind)
            {
                await Task.Delay(Pause, context.Time, cancellation);
            }

            Print(Reading(path, tail.NewLines));
        }

        return ExitCodes.Ok;
    }

    private static T Reading<T>(string path, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new CommandFailure(RefusalCode.DaemonNotRunning, $"There is no log yet at {path}: no daemon has run on this home.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CommandFailure(RefusalCode.HomeForeign, $"{path} cannot be read: {e.Message}", $"ls -l '{path}'");
        }
    }

    private void Check(bool follow)
    {
        if (context.Options is { Url: not null } or { Profile: not null })
        {
            throw new CommandFailure(
                RefusalCode.UsageError, "logs reads the log file of this machine's own home; a gateway elsewhere keeps its log where it runs.",
                "ssh <gateway's machine> netclaw logs");
        }

        if (follow && context.Options.Json)
        {
            throw new CommandFailure(RefusalCode.UsageError, "--json is one object and --follow has no end: they exclude each other.", "netclaw logs --json");
        }
    }

    private void Print(IEnumerable<string> lines)
    {
        context.Screen.Lines(lines.Select(PlainText.Of));
        context.Screen.Terminal.Out.Flush();
    }
}
