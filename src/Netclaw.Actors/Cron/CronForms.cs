using System.Collections.Immutable;
using Netclaw.Protocol;

namespace Netclaw.Actors.Cron;

/// <summary>Jobs and runs as clients see them. Pure.</summary>
public static class CronForms
{
    private const int NextTimes = 3;
    private const string Delivered = "delivered";
    private const string NotDelivered = "not-delivered";
    private const string NotRequested = "not-requested";

    public static CronJob Of(ScheduledJob job)
    {
        var (last, next, spec) = (job.History.LastOrDefault(), Ms(job.NextTime), job.Spec);
        var (lastAt, lastStatus) = (Ms(last?.StartedAt), last is null ? null : Status(last.Outcome.Status));
        return new CronJob(
            job.Id, spec.Name, job.Enabled, job.CreatedAt.ToUnixTimeMilliseconds(), job.UpdatedAt.ToUnixTimeMilliseconds(), Revision(job), spec.Schedule, spec.SessionTarget, spec.WakeMode, spec.Payload,
            new CronJobState
            {
                NextRunAtMs = next, RunningAtMs = job.Running.IsEmpty ? null : Ms(job.Running[0].StartedAt), LastRunAtMs = lastAt, LastRunStatus = lastStatus, LastError = last?.Outcome.Error,
                LastDurationMs = last is null ? null : Duration(last), ConsecutiveErrors = job.Failures,
                AutoDisabled = job.Disabling is { } off ? new CronAutoDisabled(off.Reason, off.At.ToUnixTimeMilliseconds(), Math.Max(1, off.Failures)) : null,
                LastDeliveryStatus = last is null ? null : Delivery(last.Outcome), LastDeliveryError = last?.Outcome.DeliveryError,
            })
        {
            DisplayName = spec.DisplayName, AgentId = spec.AgentId, SessionKey = spec.SessionKey, Description = spec.Description, DeleteAfterRun = spec.DeleteAfterRun, Delivery = spec.Delivery,
            NextRunAtMs = next, LastRunAtMs = lastAt, LastRunStatus = lastStatus, LastRunError = last?.Outcome.Error,
            Netclaw = new CronJobExtras(job.Owner.Subject, Next(job)) { Policy = spec.Policy, Scopes = spec.Scopes, Problem = job.Problem ?? (job.Enabled ? job.WatchProblem : null) },
        };
    }

    /// <summary>What the job would take to be made again, with what has become of it since.</summary>
    public static CronJobSpec Current(ScheduledJob job) => job.Spec with { Enabled = job.Enabled };

    public static string Revision(ScheduledJob job) => job.Revision.ToString(System.Globalization.CultureInfo.InvariantCulture);

    public static CronRunEntry Of(ScheduledJob job, CronEntry entry)
    {
        var outcome = entry.Outcome;
        return new CronRunEntry(entry.EndedAt.ToUnixTimeMilliseconds(), job.Id, CronRunEntry.Finished, Status(outcome.Status), outcome.Status switch
        {
            CronStatus.Ok => CronRunEntry.Succeeded,
            CronStatus.Error => CronRunEntry.Failed,
            _ => CronRunEntry.Unknown,
        })
        {
            Problem = outcome.Error, Summary = outcome.Summary, RunId = entry.Number == 0 ? null : job.RunId(entry.Number), RunAtMs = entry.StartedAt.ToUnixTimeMilliseconds(), DurationMs = Duration(entry),
            NextRunAtMs = Ms(job.NextTime), Delivered = outcome.Delivered, DeliveryStatus = Delivery(outcome), DeliveryError = outcome.DeliveryError, JobName = job.Spec.Name,
        };
    }

    /// <summary>What clients hear of an event.</summary>
    /// <param name="after">The job after it; null: it is gone.</param>
    public static CronJobEvent Of(CronEvent happened, ScheduledJob? after)
    {
        var told = new CronJobEvent(happened.Job, happened switch
        {
            CronEvent.Added => CronJobEvent.Added,
            CronEvent.Removed => CronJobEvent.Removed,
            CronEvent.Claimed => CronJobEvent.Started,
            CronEvent.Ended or CronEvent.Skipped => CronJobEvent.Finished,
            CronEvent.Disabled => CronJobEvent.Disabled,
            _ => CronJobEvent.Updated,
        })
        {
            Job = after is null ? null : Of(after), NextRunAtMs = Ms(after?.NextTime),
        };
        return happened switch
        {
            CronEvent.Claimed e => told with { RunId = after?.RunId(e.Number), RunAtMs = e.At.ToUnixTimeMilliseconds() },
            CronEvent.Ended or CronEvent.Skipped when after?.History.LastOrDefault() is { } entry => told with
            {
                RunId = entry.Number == 0 ? null : after.RunId(entry.Number), RunAtMs = Ms(entry.StartedAt), Status = Status(entry.Outcome.Status), Error = entry.Outcome.Error, DurationMs = Duration(entry),
            },
            _ => told,
        };
    }

    public static string Status(CronStatus status) => status switch
    {
        CronStatus.Ok => CronRunEntry.Ok,
        CronStatus.Skipped => CronRunEntry.Skipped,
        _ => CronRunEntry.Error,
    };

    public static string Delivery(CronOutcome outcome) => outcome.Delivered switch
    {
        true => Delivered,
        false => NotDelivered,
        null => NotRequested,
    };

    private static ImmutableArray<long> Next(ScheduledJob job)
    {
        var times = ImmutableArray.CreateBuilder<long>();
        for (var next = job.NextTime; next is { } time && times.Count < NextTimes; next = job.Schedule!.NextAfter(time, job.Id.ToString()))
        {
            times.Add(time.ToUnixTimeMilliseconds());
        }

        return times.ToImmutable();
    }

    private static long Duration(CronEntry entry) => Math.Max(0, (long)(entry.EndedAt - entry.StartedAt).TotalMilliseconds);

    private static long? Ms(DateTimeOffset? time) => time?.ToUnixTimeMilliseconds();
}
