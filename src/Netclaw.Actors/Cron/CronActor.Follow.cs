using System.Text.Json;
using Netclaw.Actors.Sessions;
using Netclaw.Protocol;

namespace Netclaw.Actors.Cron;

/// <summary>What follows from an event that is durable, and when to look again.</summary>
public sealed partial class CronActor
{
    /// <summary>The clock is looked at so often at least while anything waits: it may be set, or the machine may have slept.</summary>
    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(60);

    private void Follow(CronEvent happened, ScheduledJob? job)
    {
        _watches.Follow(happened.Job, job);
        switch (happened)
        {
            case CronEvent.Claimed claimed when job!.Running.FirstOrDefault(run => run.Number == claimed.Number) is { } run:
                Start(job, run);
                break;
            case CronEvent.Removed:
                StopAll(happened.Job);
                break;
            case CronEvent.Ended { Outcome: { Status: CronStatus.Ok } } ended:
                CronLog.Ended(_parts.Log, ended.Job, ended.Number, ended.Outcome.Status);
                break;
            case CronEvent.Ended ended:
                CronLog.Failed(_parts.Log, ended.Job, ended.Number, ended.Outcome.Error ?? "");
                break;
            case CronEvent.Disabled disabled:
                CronLog.Disabled(_parts.Log, disabled.Job, disabled.Failures, disabled.Job);
                break;
        }

        Publish(happened, job);
    }

    private void StopAll(CronJobId job)
    {
        foreach (var (_, stop) in _running.Where(run => run.Key.Item1 == job).ToArray())
        {
            stop.Cancel();
        }
    }

    private void Publish(CronEvent happened, ScheduledJob? job)
    {
        if (_parts.Live.All.Any())
        {
            var payload = JsonSerializer.SerializeToElement(CronForms.Of(happened, job), ProtocolJson.Default.CronJobEvent);
            SessionBroadcast.Tell(_parts.Live, new SessionInput.EventPublished(happened.At, CronJobEvent.EventName, payload, Protocol.Scope.Read));
        }
    }

    /// <summary>One timer for everything.</summary>
    private void Arm()
    {
        var next = Earlier(_state.NextAt, _watches.NextAt);
        var wait = next - Time.GetUtcNow();
        _timer!.Change(
            wait is not { } until ? Timeout.InfiniteTimeSpan : until <= TimeSpan.Zero ? TimeSpan.Zero : until < LookAgain ? RoundedUp(until) : LookAgain, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Timers count whole milliseconds; one that came a little early would only be set again.</summary>
    private static TimeSpan RoundedUp(TimeSpan wait) => TimeSpan.FromMilliseconds(Math.Ceiling(wait.TotalMilliseconds));

    private static DateTimeOffset? Earlier(DateTimeOffset? one, DateTimeOffset? other) => one is null || other < one ? other : one;
}
