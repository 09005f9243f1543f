using System.Collections.Immutable;
using Netclaw.Actors.Spawning;
using Netclaw.Protocol;

namespace Netclaw.Actors.Cron;

/// <summary>A watched command has ended by itself.</summary>
/// <param name="Watch">Which of the successive ones; another by now is not meant any more.</param>
internal sealed record WatchEnded(CronJobId Job, long Watch, TimeSpan Lasted);

/// <summary>
/// The commands of <c>on-exit</c> jobs: each runs, is told of when it has ended, and runs again a little later, after waits that grow as long as it ends at once. For one actor, on
/// its own thread.
/// </summary>
/// <param name="mayRun">Whether whose job it is may still do this; looked at before each start, and once a minute while the command runs.</param>
/// <param name="told">Takes <see cref="WatchEnded"/>, from any thread.</param>
/// <param name="runAs">Another user's id; null: the daemon's.</param>
internal sealed class CronWatches(IChildPrograms programs, TimeProvider time, Func<CronJobId, bool> mayRun, Action<WatchEnded> told, uint? runAs = null) : IDisposable
{
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
            return;
        }

        (watched.AgainAt, watched.LookAt) = (null, time.GetUtcNow() + Look);
        var watch = watched.Watch = ++_lastWatch;
        var (started, cancellation) = (time.GetTimestamp(), watched.Cancellation);
        var start = new ChildStart(["/bin/sh", "-c", watched.Schedule.Command], watched.Schedule.Directory, ImmutableDictionary<string, string>.Empty, LongestRun, runAs);
        _ = Task.Run(async () =>
        {
            await programs.RunAsync(start, cancellation).ConfigureAwait(false);
            if (!cancellation.IsCancellationRequested)
            {
                told(new WatchEnded(id, watch, time.GetElapsedTime(started)));
            }
        }, CancellationToken.None);
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
