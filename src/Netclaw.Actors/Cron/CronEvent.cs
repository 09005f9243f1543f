using Netclaw.Protocol;

namespace Netclaw.Actors.Cron;

/// <summary>What happened to jobs, as it is stored. Closed; names and shapes are <see cref="CronCodec"/>'s, fields are only ever added.</summary>
/// <param name="At">Whole milliseconds.</param>
public abstract record CronEvent(DateTimeOffset At, CronJobId Job)
{
    public sealed record Added(DateTimeOffset At, CronJobId Job, CronOwner Owner, CronJobSpec Spec) : CronEvent(At, Job);

    /// <param name="Anew">The schedule counts from <paramref name="At"/>: it is another one, or the job was enabled.</param>
    public sealed record Updated(DateTimeOffset At, CronJobId Job, CronOwner Owner, CronJobSpec Spec, bool Anew) : CronEvent(At, Job);

    public sealed record Removed(DateTimeOffset At, CronJobId Job) : CronEvent(At, Job);

    /// <summary>Written before the run does anything: whatever becomes of it, it is not begun twice.</summary>
    /// <param name="BacklogUntil">Times up to here follow one after the other.</param>
    public sealed record Claimed(DateTimeOffset At, CronJobId Job, long Number, long Fire, DateTimeOffset DueAt, int Attempt, CronCause Cause, DateTimeOffset? BacklogUntil = null) : CronEvent(At, Job);

    /// <param name="RetryAt">Null: it is over.</param>
    public sealed record Ended(DateTimeOffset At, CronJobId Job, long Number, CronOutcome Outcome, DateTimeOffset? RetryAt = null) : CronEvent(At, Job);

    /// <summary>Times up to <paramref name="DueAt"/> were missed and are not made up for.</summary>
    public sealed record Skipped(DateTimeOffset At, CronJobId Job, DateTimeOffset DueAt) : CronEvent(At, Job);

    /// <summary>The gateway disabled the job.</summary>
    public sealed record Disabled(DateTimeOffset At, CronJobId Job, string Reason, int Failures) : CronEvent(At, Job);
}
