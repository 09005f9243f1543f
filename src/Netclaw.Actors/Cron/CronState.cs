using System.Collections.Immutable;
using Netclaw.Protocol;

namespace Netclaw.Actors.Cron;

/// <summary>Every job, and in which order something is to be done about them. Pure; applying an event needs nothing but the state and the event.</summary>
/// <param name="Agenda">Made of the jobs: those that wait for a time, the next one first.</param>
/// <param name="Revision">Counts the events.</param>
public sealed record CronState(ImmutableDictionary<CronJobId, ScheduledJob> Jobs, ImmutableSortedSet<CronDue> Agenda, long Revision)
{
    /// <summary>Jobs at once.</summary>
    public const int MostJobs = 200_000;

    private const int MostEntriesEach = 200;
    private const int FewestEntriesEach = 10;
    private const int Entries = 400_000;

    public static readonly CronState Empty = new(ImmutableDictionary<CronJobId, ScheduledJob>.Empty, [], 0);

    /// <summary>When the next job is due; null: none is.</summary>
    public DateTimeOffset? NextAt => Agenda.IsEmpty ? null : Agenda.Min!.At;

    /// <summary>Entries of the history that each job keeps: fewer where there are very many jobs.</summary>
    public int EntriesEach => Math.Clamp(Entries / Math.Max(1, Jobs.Count), FewestEntriesEach, MostEntriesEach);

    /// <summary>With an agenda of its jobs.</summary>
    public static CronState Of(IEnumerable<ScheduledJob> jobs, long revision)
    {
        var all = jobs.Select(job => job.Read()).ToImmutableDictionary(job => job.Id);
        return new CronState(all, [.. all.Values.Where(job => job.NextAt is not null).Select(job => new CronDue(job.NextAt!.Value, job.Id))], revision);
    }

    public CronState Apply(CronEvent happened)
    {
        var before = Jobs.GetValueOrDefault(happened.Job);
        var after = happened switch
        {
            CronEvent.Added e => new ScheduledJob(e.Job, e.Owner, e.Spec, e.Spec.Enabled ?? true, e.At, e.At, 1, e.At).Read(),
            CronEvent.Removed => null,
            _ when before is null => throw new ArgumentException($"there is no job {happened.Job}", nameof(happened)),
            CronEvent.Updated e => Updated(before, e),
            CronEvent.Claimed e => Claimed(before, e),
            CronEvent.Ended e => Ended(before, e),
            CronEvent.Skipped e => before with { Cursor = e.DueAt, Retry = null, History = With(before, new CronEntry(0, e.DueAt, e.At, e.At, new CronOutcome(CronStatus.Skipped))) },
            CronEvent.Disabled e => before with { Enabled = false, Retry = null, Disabling = new CronDisabling(e.At, e.Reason, e.Failures), UpdatedAt = e.At },
            _ => throw new ArgumentOutOfRangeException(nameof(happened), happened, "no such event"),
        };
        var agenda = before?.NextAt is { } was ? Agenda.Remove(new CronDue(was, happened.Job)) : Agenda;
        return new CronState(
            after is null ? Jobs.Remove(happened.Job) : Jobs.SetItem(happened.Job, after),
            after?.NextAt is { } next ? agenda.Add(new CronDue(next, happened.Job)) : agenda,
            Revision + 1);
    }

    private static ScheduledJob Updated(ScheduledJob job, CronEvent.Updated e)
    {
        var changed = (job with { Owner = e.Owner, Spec = e.Spec, Enabled = e.Spec.Enabled ?? true, UpdatedAt = e.At, Revision = job.Revision + 1 }).Read();
        return e.Anew ? changed with { Cursor = e.At, Retry = null, Backlog = null, Failures = 0, Disabling = null } : changed;
    }

    private static ScheduledJob Claimed(ScheduledJob job, CronEvent.Claimed e) => job with
    {
        LastNumber = e.Number,
        Running = job.Running.Add(new CronRun(e.Number, e.Fire, e.DueAt, e.At, e.Attempt, e.Cause)),
        Cursor = e.Cause == CronCause.Due ? e.DueAt : job.Cursor,
        Retry = e.Cause is CronCause.Due or CronCause.Retry ? null : job.Retry,
        Backlog = e.BacklogUntil ?? job.Backlog,
    };

    private ScheduledJob Ended(ScheduledJob job, CronEvent.Ended e)
    {
        if (job.Running.FirstOrDefault(one => one.Number == e.Number) is not { } run)
        {
            return job;
        }

        var over = e.RetryAt is null;
        var ended = job with
        {
            Running = job.Running.Remove(run),
            History = With(job, new CronEntry(e.Number, run.DueAt, run.StartedAt, e.At, e.Outcome)),
            Failures = e.Outcome.Status == CronStatus.Ok ? 0 : over ? job.Failures + 1 : job.Failures,
            Retry = e.RetryAt is { } at ? new CronRetry(at, run.Fire, run.DueAt, run.Attempt + 1) : job.Retry,
        };
        ended = AfterRun(ended, run, e.At, e.Outcome.Status);

        // A job of one time has nothing to wait for when that is over.
        return over && ended is { Schedule: CronSchedule.Once, NextTime: null, Retry: null, Running.IsEmpty: true } ? ended with { Enabled = false } : ended;
    }

    /// <summary>What becomes of the times that came while it ran. Of a lost run's nothing is decided here: they were missed, not overlapped. The only time of a job is never dropped.</summary>
    internal static ScheduledJob AfterRun(ScheduledJob job, CronRun run, DateTimeOffset at, CronStatus status) => job.Policy.Overlap switch
    {
        _ when status == CronStatus.Lost || at <= run.StartedAt || job.Schedule is CronSchedule.Once => job,
        CronOverlap.Queue => job with { Backlog = Later(job.Backlog, at) },
        CronOverlap.Skip when !(job.Backlog > job.Cursor) => job with { Cursor = Later(job.Cursor, at).Value },
        _ => job,
    };

    [return: System.Diagnostics.CodeAnalysis.NotNull]
    private static DateTimeOffset? Later(DateTimeOffset? one, DateTimeOffset other) => one > other ? one : other;

    private ImmutableArray<CronEntry> With(ScheduledJob job, CronEntry entry)
    {
        var most = EntriesEach;
        return job.History.Length < most ? job.History.Add(entry) : [.. job.History.Skip(job.History.Length - most + 1), entry];
    }
}

/// <summary>A job and its next time; ordered by it.</summary>
public sealed record CronDue(DateTimeOffset At, CronJobId Job) : IComparable<CronDue>
{
    public int CompareTo(CronDue? other) => other is null ? 1 : At != other.At ? At.CompareTo(other.At) : string.CompareOrdinal(Job.ToString(), other.Job.ToString());

    public static bool operator <(CronDue left, CronDue right) => left.CompareTo(right) < 0;

    public static bool operator >(CronDue left, CronDue right) => left.CompareTo(right) > 0;

    public static bool operator <=(CronDue left, CronDue right) => left.CompareTo(right) <= 0;

    public static bool operator >=(CronDue left, CronDue right) => left.CompareTo(right) >= 0;
}
