using System.Collections.Immutable;
using Netclaw.Actors.Spawning;
using Netclaw.Protocol;

namespace Netclaw.Actors.Cron;

/// <summary>A watched command has ended by itself.</summary>
/// <param name="Watch">Which of the successive ones; another by now is not meant any more.</param>
/// <param name="Problem">Why it was not started at all; null: it ran.</param>
internal sealed record WatchEnded(CronJobId Job, long Watch, TimeSpan Lasted, string? Problem = null);

/// <summary>
/// The commands of <c>on-exit</c> jobs: each runs, is told of when it has ended, and runs again a little later, after waits that grow as long as it ends at once. For one actor, on
/// its own thread.
/// </summary>
/// <param name="mayRun">Whether whose job it is may still do this; looked at before each start, and once a minute while the command runs.</param>
/// <param name="told">Takes <see cref="WatchEnded"/>, from any thread.</param>
/// <param name="place">Which directories are taken, looked at before each start: they may be others by then.</param>
/// <param name="marked">Takes why a command does not run; null: it is started.</param>
/// <param name="runAs">Another user's id; null: the daemon's.</param>
internal sealed class CronWatches(
    IChildPrograms programs, ISpawnPlace place, TimeProvider time, Func<CronJobId, bool> mayRun, Action<WatchEnded> told, Action<CronJobId, string?> marked, uint? runAs = null) : IDisposable
{
    private const string MayNot = "Whose job it is may not have its line run any more";
    private static readonly TimeSpan Brief = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan ShortestWait = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(5);

    private static readonly TimeSpan Look = TimeSpan.FromMinutes(1);

    /// <summary>Then it is ended, and that counts as its end.</summary>
    private static readonly TimeSpan LongestRun = TimeSpan.FromDays(30);

    private readonly Dictionary<CronJobId, Watched> _watched = [];
    private long _lastWatch;

    /// <summary>When the next command is to be run again, or its owner looked at; null: nothing is watched.</summary>
    public DateTimeOffset? NextAt => _watched.Values.Min(one => (DateTimeOffset?)one.DueAt);

    /// <summary>As the job stands now.</summary>
    /// <param name="job">Null: it is gone.</param>
    public void Follow(CronJobId id, ScheduledJob? job)
    {
        var wanted = job is { Enabled: true, Schedule: CronSchedule.AtExit schedule } ? schedule : null;
        if (_watched.TryGetValue(id, out var watched) && watched.Schedule != wanted)
        {
            _watched.Remove(id);
            watched.Cancel();
        }

        if (wanted is not null && !_watched.ContainsKey(id))
        {
            _watched[id] = new Watched(wanted, ShortestWait);
            Begin(id, _watched[id]);
        }
    }

    /// <summary>Runs again what has waited long enough, and ends what its owner may not do any more.</summary>
    public void Tick(DateTimeOffset now)
    {
        foreach (var (id, watched) in _watched.Where(one => one.Value.DueAt <= now).ToArray())
        {
            if (watched.AgainAt is not null)
            {
                Begin(id, watched);
            }
            else if (mayRun(id))
            {
                watched.LookAt = now + Look;
            }
            else
            {
                watched.Cancel();
                marked(id, MayNot);
                _watched[id] = new Watched(watched.Schedule, ShortestWait) { AgainAt = now + LongestWait };
            }
        }
    }

    /// <returns>How long until it runs again; null: it is not meant any more.</returns>
    public TimeSpan? Ended(WatchEnded end, DateTimeOffset now)
    {
        if (!_watched.TryGetValue(end.Job, out var watched) || watched.Watch != end.Watch)
        {
            return null;
        }

        if (end.Problem is not null)
        {
            marked(end.Job, end.Problem);
        }

        var wait = end.Lasted < Brief ? watched.Wait : ShortestWait;
        watched.Wait = TimeSpan.FromTicks(Math.Min(LongestWait.Ticks, wait.Ticks * 2));
        watched.AgainAt = now + wait;
        return wait;
    }

    public void Dispose()
    {
        foreach (var watched in _watched.Values)
        {
            watched.Cancel();
        }

        _watched.Clear();
    }

    private void Begin(CronJobId id, Watched watched)
    {
        if (!mayRun(id))
        {
            watched.AgainAt = time.GetUtcNow() + LongestWait;
            marked(id, MayNot);
            return;
        }

        marked(id, null);
        (watched.AgainAt, watched.LookAt) = (null, time.GetUtcNow() + Look);
        var watch = watched.Watch = ++_lastWatch;
        var (started, cancellation) = (time.GetTimestamp(), watched.Cancellation);
        _ = Task.Run(async () =>
        {
            var problem = await RunAsync(watched.Schedule, cancellation).ConfigureAwait(false);
            if (!cancellation.IsCancellationRequested)
            {
                told(new WatchEnded(id, watch, time.GetElapsedTime(started), problem));
            }
        }, CancellationToken.None);
    }

    /// <returns>Why it was not started; null: it ran.</returns>
    private async Task<string?> RunAsync(CronSchedule.AtExit schedule, CancellationToken cancellation)
    {
        try
        {
            var (directory, outside) = place.For(schedule.Directory);
            if (outside is not null)
            {
                return outside;
            }

            var end = await programs.RunAsync(
                new ChildStart(["/bin/sh", "-c", schedule.Command], directory, ImmutableDictionary<string, string>.Empty, LongestRun, runAs), cancellation).ConfigureAwait(false);
            return end is { ExitCode: null, TimedOut: false, Cancelled: false } ? end.Problem ?? "It could not be started" : null;
        }
        catch (Exception e)
        {
            // Of what nobody foresaw: a line that is not heard of again would be watched by nobody.
            return $"It could not be started: {e.Message}";
        }
    }

    private sealed class Watched(CronSchedule.AtExit schedule, TimeSpan wait)
    {
        private readonly CancellationTokenSource _stop = new();

        public CronSchedule.AtExit Schedule => schedule;
        public TimeSpan Wait { get; set; } = wait;
        public DateTimeOffset? AgainAt { get; set; }

        /// <summary>While it runs: when to see whether it still may.</summary>
        public DateTimeOffset LookAt { get; set; }
        public DateTimeOffset DueAt => AgainAt ?? LookAt;
        public long Watch { get; set; }
        public CancellationToken Cancellation => _stop.Token;

        public void Cancel() => _stop.Cancel();
    }
}
