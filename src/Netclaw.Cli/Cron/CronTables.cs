using System.Globalization;
using Netclaw.Cli.Output;
using Netclaw.Protocol;

namespace Netclaw.Cli.Cron;

/// <summary>Jobs and their runs as people read them.</summary>
internal static class CronTables
{
    public static void Print(CronListResult page, Screen screen, DateTimeOffset now)
    {
        var table = new Table("ID", "NAME", "WHEN", "DOES", "NEXT", "LAST") { Flexible = ["NAME", "WHEN", "DOES"] };
        foreach (var job in page.Jobs)
        {
            table.Add(job.Id.ToString(), job.Name, When(job.Schedule), job.Payload.Kind, !job.Enabled ? "disabled" : job.NextRunAtMs is { } next ? Until(next, now) : "-", Last(job, now));
        }

        screen.Lines(table.Lines(screen.Width));
        if (page.NextOffset is { } more)
        {
            screen.Line(string.Create(CultureInfo.InvariantCulture, $"{page.Total - more} more: netclaw cron list --offset {more}"));
        }
    }

    public static void Print(CronJobReport report, Screen screen, TimeProvider time)
    {
        var (job, now) = (report.Job, time.GetUtcNow());
        screen.Lines(new Sheet()
            .Add("job", $"{job.Id}  {job.Name}")
            .Add("when", When(job.Schedule))
            .Add("does", Does(job.Payload))
            .Add("where", job.SessionTarget)
            .Add("tells", job.Delivery is { Mode: not CronDeliverySpec.None } told ? $"{told.Mode} {told.To}" : null)
            .Add("owner", job.Netclaw?.Owner)
            .Add("may", job.Netclaw?.Scopes?.ToString())
            .Add("state", State(job, now))
            .Add("problem", job.Netclaw?.Problem)
            .Lines(screen.Width));
        screen.Lines(Next(job, time));
        if (report.Runs.Entries.Length > 0)
        {
            screen.Line();
            screen.Lines(Runs(report.Runs, now).Lines(screen.Width));
        }
    }

    public static Table Runs(CronRunsResult page, DateTimeOffset now)
    {
        var table = new Table("RUN", "JOB", "ENDED", "STATUS", "TOOK", "CAME OF IT") { Flexible = ["JOB", "CAME OF IT"] };
        foreach (var run in page.Entries)
        {
            table.Add(
                run.RunId ?? "-", run.JobName ?? run.JobId.ToString(), Spoken.Ago(run.Ts, now), run.CompletionStatus == CronRunEntry.Unknown && run.Status == CronRunEntry.Error ? "lost" : run.Status,
                run.DurationMs is { } took ? string.Create(CultureInfo.InvariantCulture, $"{took} ms") : "-", run.Problem ?? run.Summary ?? "-");
        }

        return table;
    }

    /// <summary>The next times, in this machine's time zone.</summary>
    public static IEnumerable<string> Next(CronJob job, TimeProvider time) => (job.Netclaw?.NextRunsAtMs ?? []).Select((at, index) =>
        (index == 0 ? "next  " : "then  ") + TimeZoneInfo.ConvertTime(DateTimeOffset.FromUnixTimeMilliseconds(at), time.LocalTimeZone).ToString("ddd yyyy-MM-dd HH:mm:ss zzz", CultureInfo.InvariantCulture));

    private static string State(CronJob job, DateTimeOffset now) =>
        job.State.AutoDisabled is { } off ? string.Create(CultureInfo.InvariantCulture, $"disabled by the gateway after {off.ConsecutiveErrors} failures in a row; netclaw cron enable {job.Id}")
        : !job.Enabled ? "disabled"
        : job.State.RunningAtMs is { } since ? $"running, since {Spoken.Ago(since, now)}"
        : "waits";

    private static string When(CronScheduleSpec schedule) => schedule.Kind switch
    {
        CronScheduleSpec.AtKind => $"at {schedule.At}",
        CronScheduleSpec.EveryKind => $"every {Spoken.Span(TimeSpan.FromMilliseconds(schedule.EveryMs ?? 0))}",
        CronScheduleSpec.CronKind => $"{schedule.Expr} ({schedule.Tz})",
        _ => $"when it ends: {schedule.Command}",
    };

    private static string Does(CronPayloadSpec payload) => payload.Kind switch
    {
        CronPayloadSpec.SystemEventKind => $"reminds: {payload.Text}",
        CronPayloadSpec.AgentTurnKind => $"asks the agent: {payload.Message}",
        _ => $"runs: {string.Join(' ', payload.Argv ?? [])}",
    };

    private static string Until(long at, DateTimeOffset now) => DateTimeOffset.FromUnixTimeMilliseconds(at) <= now ? "now" : Spoken.In(at, now);

    private static string Last(CronJob job, DateTimeOffset now) => job.LastRunAtMs is { } at ? $"{job.LastRunStatus}, {Spoken.Ago(at, now)}" : "-";
}
