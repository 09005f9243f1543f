using System.Collections.Immutable;
using Netclaw.Protocol;

namespace Netclaw.Actors.Cron;

/// <summary>Pages of jobs and runs. Pure.</summary>
public static class CronQueries
{
    private const int DefaultRuns = 50;
    private const string Any = "all";
    private const string Descending = "desc";

    public static CronListResult List(CronState state, CronListParams wanted)
    {
        var shown = Sorted(state.Jobs.Values.Where(job => Matches(job, wanted)), wanted.SortBy ?? "nextRunAtMs", wanted.SortDir == Descending).ToArray();
        var (offset, limit) = (wanted.Offset ?? 0, wanted.Limit ?? CronListParams.Most);
        ImmutableArray<CronJob> page = [.. shown.Skip(offset).Take(limit).Select(CronForms.Of)];
        var more = offset + page.Length < shown.Length;
        return new CronListResult(
            page, state.Revision.ToString(System.Globalization.CultureInfo.InvariantCulture), shown.Length, offset, limit, more, more ? offset + page.Length : null);
    }

    public static CronRunsResult Runs(CronState state, CronRunsParams wanted, CronJobId? only)
    {
        var jobs = only is { } id ? state.Jobs.TryGetValue(id, out var one) ? [one] : [] : state.Jobs.Values;
        var entries = jobs.Where(job => wanted.AgentId is null || job.Spec.AgentId == wanted.AgentId)
            .SelectMany(job => job.History.Select(entry => (Job: job, Entry: entry))).Where(run => Matches(run.Job, run.Entry, wanted));
        var all = (wanted.SortDir == "asc" ? entries.OrderBy(run => run.Entry.EndedAt).ThenBy(run => run.Entry.Number) : entries.OrderByDescending(run => run.Entry.EndedAt).ThenByDescending(run => run.Entry.Number)).ToArray();
        var (offset, limit) = (wanted.Offset ?? 0, wanted.Limit ?? DefaultRuns);
        ImmutableArray<CronRunEntry> page = [.. all.Skip(offset).Take(limit).Select(run => CronForms.Of(run.Job, run.Entry))];
        var more = offset + page.Length < all.Length;
        return new CronRunsResult(page, all.Length, offset, limit, more, more ? offset + page.Length : null);
    }

    public static CronStatusResult Status(CronState state) => new(
        true, "journal", state.Jobs.Count, state.NextAt?.ToUnixTimeMilliseconds(), state.Jobs.Values.Sum(job => job.Running.Length));

    private static bool Matches(ScheduledJob job, CronListParams wanted) =>
        (wanted.Enabled switch
        {
            null => job.Enabled || wanted.IncludeDisabled == true,
            "enabled" => job.Enabled,
            "disabled" => !job.Enabled,
            _ => true,
        })
        && (wanted.ScheduleKind is null or Any || job.Spec.Schedule.Kind == wanted.ScheduleKind)
        && (wanted.LastRunStatus is null or Any || LastStatus(job) == wanted.LastRunStatus)
        && wanted.Trigger != "conditional"
        && (wanted.AgentId is null || job.Spec.AgentId == wanted.AgentId)
        && (wanted.Query is not { Length: > 0 } query || Has(job.Spec.Name, query) || Has(job.Spec.Description, query) || Has(job.Id.ToString(), query));

    private static string LastStatus(ScheduledJob job) => job.History.IsEmpty ? "unknown" : CronForms.Status(job.History[^1].Outcome.Status);

    private static bool Matches(ScheduledJob job, CronEntry entry, CronRunsParams wanted)
    {
        var (status, delivery) = (CronForms.Status(entry.Outcome.Status), CronForms.Delivery(entry.Outcome));
        return (wanted.RunId is null || (entry.Number > 0 && job.RunId(entry.Number) == wanted.RunId))
            && (wanted.Status is null or Any || status == wanted.Status)
            && (wanted.Statuses is not { IsDefaultOrEmpty: false } statuses || statuses.Contains(status))
            && (wanted.DeliveryStatus is null || delivery == wanted.DeliveryStatus)
            && (wanted.DeliveryStatuses is not { IsDefaultOrEmpty: false } deliveries || deliveries.Contains(delivery))
            && (wanted.Query is not { Length: > 0 } query || Has(job.Spec.Name, query) || Has(entry.Outcome.Summary, query) || Has(entry.Outcome.Error, query));
    }

    private static bool Has(string? text, string part) => text?.Contains(part, StringComparison.OrdinalIgnoreCase) == true;

    private static IOrderedEnumerable<ScheduledJob> Sorted(IEnumerable<ScheduledJob> jobs, string by, bool descending)
    {
        var sorted = (by, descending) switch
        {
            ("name", false) => jobs.OrderBy(job => job.Spec.Name, StringComparer.Ordinal),
            ("name", true) => jobs.OrderByDescending(job => job.Spec.Name, StringComparer.Ordinal),
            ("updatedAtMs", false) => jobs.OrderBy(job => job.UpdatedAt),
            ("updatedAtMs", true) => jobs.OrderByDescending(job => job.UpdatedAt),
            (_, false) => jobs.OrderBy(job => job.NextTime ?? DateTimeOffset.MaxValue),
            _ => jobs.OrderByDescending(job => job.NextTime ?? DateTimeOffset.MinValue),
        };
        return sorted.ThenBy(job => job.Id.ToString(), StringComparer.Ordinal);
    }
}
