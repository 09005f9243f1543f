using System.Collections.Immutable;
using Netclaw.Protocol;

namespace Netclaw.Actors.Cron;

/// <summary>What a command, the clock or the end of a run comes to. Pure.</summary>
public static class CronDecider
{
    public static (ImmutableArray<CronEvent> Events, CronReply Reply) Decide(CronCommand command, CronState state) => command switch
    {
        CronCommand.Add c => Add(c, state),
        _ when Target(command) is var job && !state.Jobs.ContainsKey(job) =>
            ([], command is CronCommand.Remove ? new CronReply.Removed(command.CommandId, false) : new CronReply.Refused(command.CommandId, RefusalCode.CronJobNotFound, $"There is no job {job}")),
        CronCommand.Update c => Update(c, state.Jobs[c.Job]),
        CronCommand.Remove c => ([new CronEvent.Removed(c.Now, c.Job)], new CronReply.Removed(c.CommandId, true)),
        CronCommand.Run c => Run(c, state.Jobs[c.Job]),
        _ => throw new ArgumentOutOfRangeException(nameof(command), command, "no such command"),
    };

    /// <summary>What the clock asks for: the jobs that are due, the longest due first.</summary>
    /// <param name="most">Jobs at once.</param>
    public static ImmutableArray<CronEvent> Tick(DateTimeOffset now, CronState state, int most) =>
        [.. state.Agenda.TakeWhile(due => due.At <= now).Take(most).Select(due => Due(now, state.Jobs[due.Job]))];

    /// <summary>The watched command of an <c>on-exit</c> job has ended. Nothing while the job still runs.</summary>
    public static ImmutableArray<CronEvent> Exited(DateTimeOffset now, CronJobId id, CronState state) =>
        state.Jobs.GetValueOrDefault(id) is { Enabled: true, Schedule: CronSchedule.AtExit, Running.IsEmpty: true } job ? [Claim(now, job, now, 0, null, CronCause.Exit)] : [];

    /// <summary>Runs are over. Of one nobody knows any more, because its job is gone, nothing comes.</summary>
    public static ImmutableArray<CronEvent> Ended(DateTimeOffset now, IEnumerable<CronRunEnd> ends, CronState state)
    {
        var events = ImmutableArray.CreateBuilder<CronEvent>();
        foreach (var end in ends)
        {
            foreach (var happened in Ended(now, end, state))
            {
                events.Add(happened);
                state = state.Apply(happened);
            }
        }

        return events.ToImmutable();
    }

    /// <summary>Runs that the daemon's end cut off, that are not taken up again by <see cref="Resumed"/>, and of whose end nobody is told.</summary>
    public static ImmutableArray<CronEvent> Lost(DateTimeOffset now, CronState state) => Ended(
        now, CutOff(state).Where(cut => !CronDelivery.IsWanted(cut.Job.Spec)).Select(cut => new CronRunEnd(cut.Job.Id, cut.Run.Number, CronOutcome.Lost)), state);

    /// <summary>Runs that were cut off, too, and of whose end somebody is told before it is written: they may have been told already, and know it by its name.</summary>
    public static IEnumerable<(ScheduledJob Job, CronRun Run)> LostAndTold(CronState state) => CutOff(state).Where(cut => CronDelivery.IsWanted(cut.Job.Spec));

    /// <summary>Claimed runs that can be done again without being done twice: nobody knows whether they were.</summary>
    public static IEnumerable<(ScheduledJob Job, CronRun Run)> Resumed(CronState state) =>
        state.Jobs.Values.Where(job => CronPolicy.IsRepeatable(job.Spec)).SelectMany(job => job.Running.Select(run => (job, run)));

    /// <summary>
    /// When a run that ends like this is tried again; null: it is not. A time of the schedule that comes before the retry takes its place, and one retry waits at a time; then the run
    /// has failed, and counts as such: otherwise a job whose times are closer than its retries would fail for ever.
    /// </summary>
    /// <param name="job">As it stands, the run still among those that run.</param>
    public static DateTimeOffset? RetryAt(DateTimeOffset now, ScheduledJob job, CronRun run, CronOutcome outcome)
    {
        if (outcome.Status == CronStatus.Ok || !job.Enabled || job.Retry is not null || run.Attempt >= job.Policy.Retries || (outcome.Status == CronStatus.Lost && !job.Policy.RetryLost))
        {
            return null;
        }

        var at = now + job.Policy.BackoffBefore(run.Attempt + 1);
        return CronState.AfterRun(job, run, now, outcome.Status).NextTime < at ? null : at;
    }

    private static IEnumerable<(ScheduledJob Job, CronRun Run)> CutOff(CronState state) =>
        state.Jobs.Values.Where(job => !CronPolicy.IsRepeatable(job.Spec)).SelectMany(job => job.Running.Select(run => (job, run)));

    private static (ImmutableArray<CronEvent>, CronReply) Add(CronCommand.Add c, CronState state)
    {
        if (state.Jobs.Count >= CronState.MostJobs)
        {
            return ([], new CronReply.Refused(c.CommandId, RefusalCode.CronJobsFull, $"{state.Jobs.Count} jobs are there, and the gateway takes no more"));
        }

        var added = new CronEvent.Added(c.Now, c.Job, c.Owner, c.Spec);
        return ([added], new CronReply.Changed(c.CommandId, state.Apply(added).Jobs[c.Job]));
    }

    private static (ImmutableArray<CronEvent>, CronReply) Update(CronCommand.Update c, ScheduledJob job)
    {
        if (c.Revision != job.Revision)
        {
            return ([], new CronReply.Refused(c.CommandId, RefusalCode.CronJobChanged, $"{job.Id} stands at revision {job.Revision}; the change was made for {c.Revision}"));
        }

        var anew = c.Spec.Schedule != job.Spec.Schedule || (!job.Enabled && c.Spec.Enabled != false);
        var updated = new CronEvent.Updated(c.Now, c.Job, c.Owner, c.Spec, anew);
        return ([updated], new CronReply.Changed(c.CommandId, CronState.Of([job], 0).Apply(updated).Jobs[job.Id]));
    }

    private static (ImmutableArray<CronEvent>, CronReply) Run(CronCommand.Run c, ScheduledJob job)
    {
        var reason = c.Mode == CronRunParams.IfEnabled && !job.Enabled ? "disabled"
            : c.Mode == CronRunParams.Due && !(job.NextAt <= c.Now) ? "not-due"
            : job.Running.Length >= (job.Policy.Overlap == CronOverlap.Parallel ? ScheduledJob.MostParallel : 1) ? "already-running"
            : null;
        if (reason is not null)
        {
            return ([], new CronReply.NotStarted(c.CommandId, reason));
        }

        var happened = c.Mode == CronRunParams.Due ? Due(c.Now, job) : Claim(c.Now, job, c.Now, 0, null, CronCause.Asked);
        return ([happened], happened is CronEvent.Claimed claimed
            ? new CronReply.Started(c.CommandId, job.RunId(claimed.Number))
            : new CronReply.NotStarted(c.CommandId, "not-due"));
    }

    private static CronEvent Due(DateTimeOffset now, ScheduledJob job)
    {
        if (job.Retry is { } retry && retry.At <= now && !(job.NextTime < retry.At))
        {
            return Claim(now, job, retry.DueAt, retry.Attempt, retry.Fire, CronCause.Retry);
        }

        var times = job.Schedule!.Within(job.Cursor, now, job.Policy.Most, job.Id.ToString());
        if (times[0] <= job.Backlog)
        {
            return Claim(now, job, times[0], 0, null, CronCause.Due);
        }

        var (last, missed) = (times[^1], now - times[0] > CronPolicy.Grace);
        return job.Policy.CatchUp switch
        {
            CronCatchUp.All when missed => Claim(now, job, times[0], 0, null, CronCause.Due, now),
            CronCatchUp.Skip when now - last > CronPolicy.Grace => new CronEvent.Skipped(now, job.Id, last),
            _ => Claim(now, job, last, 0, null, CronCause.Due),
        };
    }

    private static IEnumerable<CronEvent> Ended(DateTimeOffset now, CronRunEnd end, CronState state)
    {
        if (state.Jobs.GetValueOrDefault(end.Job) is not { } job || job.Running.FirstOrDefault(run => run.Number == end.Number) is not { } run)
        {
            yield break;
        }

        var outcome = end.Outcome.Bounded();
        var failed = outcome.Status != CronStatus.Ok;
        var retryAt = end.Final ? null : RetryAt(now, job, run, outcome);
        yield return new CronEvent.Ended(now, job.Id, run.Number, outcome, retryAt);
        if (!failed && job.Spec.DeleteAfterRun == true)
        {
            yield return new CronEvent.Removed(now, job.Id);
        }
        else if (failed && retryAt is null && job.Enabled && job.Policy.DisableAfter > 0 && job.Failures + 1 >= job.Policy.DisableAfter)
        {
            yield return new CronEvent.Disabled(now, job.Id, CronAutoDisabled.Failures, job.Failures + 1);
        }
    }

    private static CronEvent.Claimed Claim(DateTimeOffset now, ScheduledJob job, DateTimeOffset due, int attempt, long? fire, CronCause cause, DateTimeOffset? backlog = null) =>
        new(now, job.Id, job.LastNumber + 1, fire ?? job.LastNumber + 1, due, attempt, cause, backlog);

    private static CronJobId Target(CronCommand command) => command switch
    {
        CronCommand.Update c => c.Job,
        CronCommand.Remove c => c.Job,
        CronCommand.Run c => c.Job,
        _ => default,
    };
}
