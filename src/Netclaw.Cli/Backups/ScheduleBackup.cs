using Netclaw.Cli.Failures;
using Netclaw.Cli.Invocation;
using Netclaw.Cli.Output;
using Netclaw.Cli.Processes;
using Netclaw.Protocol;

namespace Netclaw.Cli.Backups;

/// <param name="When">Five fields, checked.</param>
/// <param name="Keep">How many archives remain.</param>
internal sealed record ScheduleRequest(string When, int Keep, bool Remove, bool Print);

/// <param name="State">scheduled, replaced, unchanged, removed, none (there was nothing to remove), printed.</param>
/// <param name="Line">As it stands in the table, or would; null when it is gone.</param>
/// <param name="Log">Where a failure is told.</param>
internal sealed record ScheduleReport(string State, string Home, string? Line = null, string? When = null, int? Keep = null, string? Log = null);

/// <summary><c>netclaw backup schedule</c>: one line in this user's crontab, every other line as it is.</summary>
internal sealed class ScheduleBackup(CommandContext context)
{
    /// <exception cref="CommandFailure">crontab_unavailable, with the line to put where it belongs; then the table stands as it was.</exception>
    public async Task<Report> RunAsync(ScheduleRequest request, CancellationToken cancellation)
    {
        context.RefuseElsewhere("backup schedule");
        var line = request.Remove ? new CronLine(context.Home, "", []) : new CronLine(context.Home, Program(), Variables());
        if (!request.Remove && line.Unwritable is { } path)
        {
            throw new CommandFailure(
                RefusalCode.UsageError, $"A path with a backslash or a control character in it cannot stand in a crontab, where every cron reads it its own way: {PlainText.Of(path)}", "netclaw backup create");
        }

        var text = line.Text(request.When, request.Keep);
        if (request.Print)
        {
            return Show(new ScheduleReport("printed", context.Home.Root, text, request.When, request.Keep, line.Log));
        }

        try
        {
            var state = await ChangeAsync(line, request.Remove ? null : text, cancellation);
            return Show(request.Remove ? new ScheduleReport(state, context.Home.Root) : new ScheduleReport(state, context.Home.Root, text, request.When, request.Keep, line.Log));
        }
        catch (CrontabException e)
        {
            throw request.Remove
                ? new CommandFailure(RefusalCode.CrontabUnavailable, $"{e.Message}. Nothing was removed.", "crontab -l")
                : new CommandFailure(
                    RefusalCode.CrontabUnavailable, $"{e.Message}. Nothing was scheduled. The line for whatever cron there is: {text}",
                    $"netclaw backup schedule {(request.When == CronExpression.Daily ? "" : $"--cron '{request.When}' ")}--keep {request.Keep} --print");
        }
    }

    private async Task<string> ChangeAsync(CronLine line, string? text, CancellationToken cancellation)
    {
        var crontab = new Crontab(context.Host.Environment);
        var before = await crontab.ReadAsync(cancellation);
        var after = CronTable.With(before, each => line.Owns(each), text);
        if (text is not null)
        {
            MakePlaceForLog();
        }

        if (after != before)
        {
            await crontab.WriteAsync(after, cancellation);
        }

        return (text, after == before, CronTable.Holds(before, line.Owns)) switch
        {
            (null, true, _) => "none",
            (null, _, _) => "removed",
            (_, true, _) => "unchanged",
            (_, _, true) => "replaced",
            _ => "scheduled",
        };
    }

    private void MakePlaceForLog()
    {
        try
        {
            if (PrivateDirectory.Ensure(context.Home.Root) is { } objection || (objection = PrivateDirectory.Ensure(context.Home.LogsDirectory)) is not null)
            {
                throw new CommandFailure(RefusalCode.HomeForeign, $"{objection}. Nothing was scheduled.");
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CommandFailure(RefusalCode.HomeNotWritable, $"{context.Home.LogsDirectory}, where a failed backup would be told of, cannot be made: {e.Message} Nothing was scheduled.");
        }
    }

    /// <summary>As it was started, unless a runtime was started that runs it.</summary>
    private string Program()
    {
        var beside = Path.Combine(context.Host.BaseDirectory, "netclaw");
        return File.Exists(beside) ? beside : Environment.ProcessPath!;
    }

    /// <summary>What cron has no other way to know: where netclawd is, if it was named, and where the runtime is.</summary>
    private IReadOnlyList<(string Name, string Value)> Variables()
    {
        var named = context.Host.Environment(DaemonExecutable.Variable) is { Length: > 0 };
        var daemon = DaemonExecutable.Find(context.Host.Environment, context.Host.BaseDirectory);
        var root = context.Host.Environment("DOTNET_ROOT") is { Length: > 0 } set ? set : DaemonExecutable.Variables(context.Host.Environment).GetValueOrDefault("DOTNET_ROOT");
        return [.. named ? [(DaemonExecutable.Variable, daemon)] : Array.Empty<(string, string)>(), .. root is null ? Array.Empty<(string, string)>() : [("DOTNET_ROOT", root)]];
    }

    private static Report Show(ScheduleReport report) => Report.Of(report, () => CliJson.Readable.ScheduleReport, Print);

    private static void Print(ScheduleReport report, Screen screen)
    {
        if (report.State == "printed")
        {
            screen.Terminal.Out.WriteLine(report.Line);
            return;
        }

        if (report.Line is not { } line)
        {
            screen.Line(report.State == "removed"
                ? $"Backups of {PlainText.Of(report.Home)} are not scheduled any more. The archives stay."
                : $"Backups of {PlainText.Of(report.Home)} were not scheduled; your crontab is as it was.");
            return;
        }

        screen.Line($"{report.State}: {PlainText.Of(line)}");
        screen.Line($"It runs whether or not the daemon is up, keeps the newest {report.Keep} archives in {PlainText.Of(report.Home)}/backups, and says nothing when it went well.");
        screen.Line($"What went wrong is in {PlainText.Of(report.Log)}.");
    }
}
