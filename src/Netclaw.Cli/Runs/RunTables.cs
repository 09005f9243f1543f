using System.Globalization;
using Netclaw.Cli.Output;
using Netclaw.Protocol;

namespace Netclaw.Cli.Runs;

/// <summary>Runs as a table, one run as a sheet with what it wrote or answered.</summary>
internal static class RunTables
{
    /// <param name="active">Those that wait or run alone were asked for.</param>
    public static void Print(RunsListResult page, bool active, Screen screen, DateTimeOffset now)
    {
        var table = new Table("ID", "WHAT", "STATUS", "BY", "BEGUN") { Flexible = ["WHAT", "BY"] };
        foreach (var run in page.Runs)
        {
            table.Add(run.RunId.ToString(), What(run), Status(run), run.StartedBy, Spoken.Ago(run.StartedAtMs ?? run.CreatedAtMs, now));
        }

        screen.Lines(table.Lines(screen.Width));
        if (page is { NextOffset: { } more, Total: { } total })
        {
            screen.Line(string.Create(CultureInfo.InvariantCulture, $"{total - more} more: netclaw runs list {(active ? "--active " : "")}--offset {more}"));
        }
    }

    public static void Print(RunRow run, Screen screen, DateTimeOffset now)
    {
        screen.Lines(new Sheet()
            .Add("run", run.RunId.ToString())
            .Add("what", What(run))
            .Add("status", Status(run))
            .Add("by", run.StartedBy)
            .Add("parent", run.ParentRunId?.ToString())
            .Add("tells", run.ParentSessionKey?.ToString())
            .Add("conversation", run.ChildSessionKey?.ToString())
            .Add("begun", Spoken.Ago(run.StartedAtMs ?? run.CreatedAtMs, now))
            .Add("took", run is { StartedAtMs: { } from, EndedAtMs: { } to } ? Spoken.Span(TimeSpan.FromMilliseconds(to - from)) : null)
            .Add("problem", run.Problem)
            .Lines(screen.Width));
        if (run.Output is { Length: > 0 } output)
        {
            screen.Line();
            foreach (var line in output.TrimEnd('\n').Split('\n'))
            {
                screen.Line(PlainText.Of(line));
            }
        }
    }

    private static string What(RunRow run) => $"{run.Label ?? run.Program ?? run.ChildSessionKey?.Agent} ({run.Runtime})";

    private static string Status(RunRow run) => run switch
    {
        { Position: { } position } => $"queued, number {position}",
        { ExitCode: { } code and not 0 } => $"{run.Status.Replace('_', ' ')}, exit code {code}",
        _ => run.Status.Replace('_', ' '),
    };
}
