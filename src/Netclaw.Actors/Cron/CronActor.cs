using System.Collections.Immutable;
using Akka.Actor;
using Netclaw.Actors.Conversations;
using Netclaw.Actors.Journal;
using Netclaw.Protocol;

namespace Netclaw.Actors.Cron;

/// <summary>
/// The one writer of scheduled jobs, and the one who looks at the clock for all of them. A run is claimed, which is durable, before it does anything; so a crash never has it run
/// twice. What must not be lost by that, a reminder, is said again after a crash under the same name, by which conversations know it.
/// </summary>
public sealed partial class CronActor : NetclawPersistentActor<CronEvent, CronState>
{
    public const string Id = "cron";

    private const int SnapshotEvery = 1000;

    /// <summary>Jobs that are claimed in one write.</summary>
    private const int MostAtOnce = 500;

    private static readonly TimeSpan LookAgainSoon = TimeSpan.FromMilliseconds(20);

    private readonly CronParts _parts;
    private readonly Dictionary<(CronJobId, long), CancellationTokenSource> _running = [];
    private readonly List<CronRunEnd> _ends = [];
    private readonly CronTurns _turns = new();
    private readonly CronWork _work;
    private readonly CronWatches _watches;
    private CronState _state = CronState.Empty;
    private (long Id, IActorRef Asker)? _writing;
    private ITimer? _timer;
    private ITimer? _waiting;
    private bool _begun;

    public CronActor(CronParts parts) : base(Id, new CronCodec(), parts.Journal)
    {
        _parts = parts;
        var self = Self;
        _work = new CronWork(parts, _turns, self);
        _watches = new CronWatches(parts.Programs, parts.Place, parts.Journal.Time, MayWatch, ended => self.Tell(ended), Mark, parts.RunAs);
        Command<CronCommand>(Serve);
        Command<CronRunEnd>(Note);
        Command<TurnEnded>(_turns.Ended);
        Command<WatchEnded>(Exited);
        Command<Signal>(Heed);
        KeepSnapshots(cause => CronLog.NoSnapshot(_parts.Log, cause));
    }

    private enum Signal
    {
        /// <summary>The journal has been read.</summary>
        Begin,

        /// <summary>Something may be due.</summary>
        Due,

        /// <summary>Runs have ended; all that are known by now are written at once.</summary>
        Ends,
    }

    public static Props Props(CronParts parts) => Akka.Actor.Props.Create(() => new CronActor(parts));

    protected override void OnSnapshot(CronState snapshot) => _state = snapshot;

    protected override void OnEvent(CronEvent @event) => _state = _state.Apply(@event);

    protected override void OnRecovered()
    {
        var self = Self;
        _timer = Time.CreateTimer(_ => self.Tell(Signal.Due), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _parts.View.Current = _state;
        CronLog.Recovered(_parts.Log, LastSequenceNr, _state.Jobs.Count);
        self.Tell(Signal.Begin);
    }

    protected override void OnWriteFailed()
    {
        CronLog.WriteFailed(_parts.Log, Health.Failure?.ToString() ?? "a write failed");
        RefuseWriting("the write failed");
    }

    protected override void PostStop()
    {
        // What was being written may or may not be durable: nothing is said to be done.
        RefuseWriting("the jobs' actor stopped before it answered");
        _timer?.Dispose();
        _waiting?.Dispose();
        _watches.Dispose();
        foreach (var stop in _running.Values)
        {
            stop.Cancel();
        }

        base.PostStop();
    }

    /// <summary>
    /// Takes up what was under way when the daemon went down, once owners can be looked up. Commands wait for it: a run that began before would be taken for one that was cut off, and
    /// its owner for one who may do nothing.
    /// </summary>
    private void Begin()
    {
        var failed = Health.Failure is not null;
        if (failed || !_parts.IsReady())
        {
            if (failed)
            {
                Stash.UnstashAll(); // to be refused
            }

            var self = Self;
            _waiting?.Dispose();
            _waiting = Time.CreateTimer(_ => self.Tell(Signal.Begin), null, LookAgainSoon, Timeout.InfiniteTimeSpan);
            return;
        }

        _begun = true;
        Stash.UnstashAll();
        foreach (var job in _state.Jobs.Values)
        {
            _watches.Follow(job.Id, job);
            if (job.Problem is { } problem)
            {
                CronLog.Unreadable(_parts.Log, job.Id, problem);
            }
        }

        foreach (var (job, run) in CronDecider.Resumed(_state))
        {
            CronLog.Resumed(_parts.Log, job.Id, run.Number);
            Start(job, run);
        }

        foreach (var (job, run) in CronDecider.LostAndTold(_state))
        {
            Start(job, run, CronOutcome.Lost);
        }

        Write(CronDecider.Lost(Now, _state));
    }

    private void Serve(CronCommand command)
    {
        if (!_begun && Health.Failure is null)
        {
            Stash.Stash();
            return;
        }

        var (events, reply) = CronDecider.Decide(command, _state);
        if (events.Length > 0 && Health.Failure is { } failure)
        {
            Sender.Tell(new CronReply.Refused(command.CommandId, RefusalCode.JournalUnavailable, failure.ToString()));
            return;
        }

        var asker = Sender;
        _writing = (command.CommandId, asker);
        Write(events, () =>
        {
            _writing = null;
            asker.Tell(reply);
        });
    }

    private void Heed(Signal signal)
    {
        if (signal == Signal.Begin)
        {
            Begin();
        }
        else if (Health.Failure is not null)
        {
            // Nothing may begin that cannot be claimed; ends are kept until they can be written.
            _timer!.Change(LookAgain, Timeout.InfiniteTimeSpan);
        }
        else if (signal == Signal.Ends)
        {
            var events = CronDecider.Ended(Now, _ends, _state);
            _ends.Clear();
            Write(events);
        }
        else
        {
            _watches.Tick(Now);
            Write(CronDecider.Tick(Now, _state, MostAtOnce));
            if (_ends.Count > 0)
            {
                Self.Tell(Signal.Ends);
            }
        }
    }

    private void Note(CronRunEnd end)
    {
        if (_running.Remove((end.Job, end.Number), out var stop))
        {
            stop.Dispose();
        }

        _ends.Add(end);
        if (_ends.Count == 1)
        {
            Self.Tell(Signal.Ends);
        }
    }

    /// <summary>The line is the owner's, like the run that follows it.</summary>
    private bool MayWatch(CronJobId id) => _state.Jobs.GetValueOrDefault(id) is { } job && _parts.Allowed(job.Owner) is { } scopes && scopes.Covers(Scope.Admin);

    /// <summary>Shown with the job, and kept nowhere: another process finds it anew.</summary>
    private void Mark(CronJobId id, string? problem)
    {
        if (_state.Jobs.GetValueOrDefault(id) is { } job && job.WatchProblem != problem)
        {
            _state = _state with { Jobs = _state.Jobs.SetItem(id, job with { WatchProblem = problem }) };
            _parts.View.Current = _state;
        }
    }

    private void Exited(WatchEnded end)
    {
        if (_watches.Ended(end, Now) is not { } wait || Health.Failure is not null)
        {
            return;
        }

        if (end.Problem is { } problem)
        {
            // Nothing has ended: there is nothing to run for.
            CronLog.NotWatched(_parts.Log, end.Job, problem, wait.TotalSeconds);
            Arm();
        }
        else
        {
            CronLog.WatchedAgain(_parts.Log, end.Job, end.Lasted.TotalSeconds, wait.TotalSeconds);
            Write(CronDecider.Exited(Now, end.Job, _state));
        }
    }

    /// <summary>One write; then the state is what the events make of it, and what follows from them is begun.</summary>
    private void Write(ImmutableArray<CronEvent> events, Action? written = null) => PersistBatch(events, _ =>
    {
        foreach (var happened in events)
        {
            _state = _state.Apply(happened);
            Follow(happened, _state.Jobs.GetValueOrDefault(happened.Job));
        }

        _parts.View.Current = _state;
        Arm();
        written?.Invoke();

        // Not after every so many events, but when they have come to be as many as the snapshot holds things: with very many jobs it is large.
        SaveIfDue(_state, SnapshotEvery + 4 * _state.Jobs.Count);
    });

    /// <param name="known">How it ended, when nothing but the telling is left to do.</param>
    private void Start(ScheduledJob job, CronRun run, CronOutcome? known = null)
    {
        var (self, stop) = (Self, new CancellationTokenSource());
        _running[(job.Id, run.Number)] = stop;
        if (known is null)
        {
            CronLog.Started(_parts.Log, job.Id, run.Number, run.DueAt, run.Attempt, run.Cause);
        }

        var cancellation = stop.Token;
        _ = Task.Run(async () => self.Tell(await _work.RunAsync(job, run, known, cancellation).ConfigureAwait(false)), CancellationToken.None);
    }

    private void RefuseWriting(string why)
    {
        if (_writing is var (id, asker))
        {
            _writing = null;
            asker.Tell(new CronReply.Refused(id, RefusalCode.JournalUnavailable, why));
        }
    }
}
