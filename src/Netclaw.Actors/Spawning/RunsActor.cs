using System.Collections.Immutable;
using System.Text.Json;
using Akka.Actor;
using Netclaw.Actors.Conversations;
using Netclaw.Actors.Journal;
using Netclaw.Actors.Sessions;
using Netclaw.Protocol;

namespace Netclaw.Actors.Spawning;

/// <summary>
/// The one writer of runs. A command is 1 decided → 2 its events are written → 3 what they mean is done: programs and turns begin or are ended, credentials made or ended, conversations told → 4 it is
/// answered. A write that fails answers <c>journal_unavailable</c>, ends what runs, and ends the actor.
/// </summary>
public sealed class RunsActor : NetclawPersistentActor<RunEvent, RunsState>
{
    public const string Id = "runs";

    private const int SnapshotEvery = 500;
    private static readonly TimeSpan AnnounceAgain = TimeSpan.FromSeconds(5);

    private readonly SpawnParts _parts;
    private readonly RunLauncher _launcher;
    private readonly Dictionary<RunId, List<(long CommandId, IActorRef Asker)>> _waiting = [];
    private readonly Dictionary<long, RunId> _announcing = [];
    private readonly Dictionary<long, RunId> _tidying = [];
    private readonly RefusedWords _refused = new();
    private ITimer? _again;
    private RunsState _state = RunsState.Empty;
    private (long Id, IActorRef Asker)? _writing;
    private long _lastAsked;

    public RunsActor(SpawnParts parts) : base(Id, new RunCodec(), parts.Journal)
    {
        _parts = parts;
        _launcher = new RunLauncher(parts);
        Command<RunCommand>(Serve);
        Command<RunLauncher.ProgramEnded>(ended => Self.Tell(new RunCommand.End(Now, ended.Run, ended.How)));
        Command<TurnEnded>(ended => Over(ended.Run, RunEnds.Of(ended.Outcome)));
        Command<ConversationReply>(Replied);
        Command<Terminated>(_ => ConversationsStopped());
        Command<RunReply>(_ => { }); // to itself: the journal takes nothing any more
        Command<TellAgain>(_ => TellAndTidy());
        KeepSnapshots(cause => SpawnLog.NoSnapshot(_parts.Log, cause));
    }

    public static Props Props(SpawnParts parts) => Akka.Actor.Props.Create(() => new RunsActor(parts));

    protected override void OnSnapshot(RunsState snapshot) => _state = snapshot;

    protected override void OnEvent(RunEvent @event) => _state = _state.Apply(@event);

    protected override void OnRecovered()
    {
        SpawnLog.Recovered(_parts.Log, LastSequenceNr, _state.Runs.Count);
        if (!_state.Runs.IsEmpty)
        {
            Self.Tell(new RunCommand.TakeUp(Now));
        }
    }

    protected override void OnWriteFailed()
    {
        SpawnLog.WriteFailed(_parts.Log, Health.Failure?.ToString() ?? "a write failed");
        RefuseWriting("the write failed");
    }

    protected override void PostStop()
    {
        // What was being written may or may not be durable: nothing is said to be done. Nobody is left who would hear of what runs.
        RefuseWriting("the actor of runs stopped before it answered");
        foreach (var (commandId, asker) in _waiting.Values.SelectMany(waiting => waiting))
        {
            asker.Tell(new RunReply.Refused(commandId, RefusalCode.JournalUnavailable, "the actor of runs stopped"));
        }

        _again?.Dispose();
        _launcher.Dispose();
        base.PostStop();
    }

    private void Serve(RunCommand command)
    {
        var (events, reply) = SpawnDecider.Decide(command, _state, _parts.Options); // 1
        if (events.Length > 0 && Health.Failure is { } failure)
        {
            Sender.Tell(new RunReply.Refused(command.CommandId, RefusalCode.JournalUnavailable, failure.ToString()));
            return;
        }

        var asker = Sender;
        _writing = (command.CommandId, asker);
        PersistBatch(events, _ => // 2
        {
            _writing = null;
            foreach (var happened in events)
            {
                _state = _state.Apply(happened);
                Happened(happened); // 3
            }

            if (command is RunCommand.TakeUp)
            {
                TellAndTidy();
            }
            else if (events.Length > 0)
            {
                Tidy();
            }

            if (reply is not null)
            {
                asker.Tell(reply); // 4
            }
            else if (command is RunCommand.Await wait)
            {
                (_waiting.TryGetValue(wait.Run, out var others) ? others : _waiting[wait.Run] = []).Add((wait.CommandId, asker));
            }

            SaveIfDue(_state, SnapshotEvery);
        });
    }

    private void Happened(RunEvent happened)
    {
        var run = _state.Find(happened.Run)!;
        switch (happened)
        {
            case RunEvent.Started:
                SpawnLog.Started(_parts.Log, run.Id, run.Plan.Subject);
                if (_launcher.Start(run.Plan, Now, Self, Context) is { } failed)
                {
                    Self.Tell(new RunCommand.End(Now, run.Id, failed));
                }

                break;
            case RunEvent.Ended ended:
                SpawnLog.Ended(_parts.Log, run.Id, ended.End.Verdict, ended.End.Problem is { } problem ? ": " + problem : "");
                _launcher.End(run.Plan, ended.End.Verdict, Now);
                if (_waiting.Remove(run.Id, out var waiting))
                {
                    waiting.ForEach(each => each.Asker.Tell(new RunReply.Over(each.CommandId, run)));
                }

                Announce(run);
                break;
            case RunEvent.Tidied:
                return; // nothing that a list shows
            default:
                break;
        }

        SessionBroadcast.Tell(_parts.Live, new SessionInput.EventPublished(
            Now, RunRow.EventName, JsonSerializer.SerializeToElement(RunListing.Of(run, _state.PositionOf(run)), ProtocolJson.Default.RunRow), Scope.Read));
    }

    private void Over(string run, RunEnd how)
    {
        if (RunId.TryParse(run, out var id))
        {
            Self.Tell(new RunCommand.End(Now, id, how));
        }
    }

    private void TellAndTidy()
    {
        foreach (var run in _state.InOrder.Where(run => run.OwesWord && !_announcing.ContainsValue(run.Id) && !_refused.Waits(run.Id, Now)).ToArray())
        {
            Announce(run);
        }

        Tidy();
        TryAgainAtNext();
    }

    /// <summary>The message carries the run's id as what makes it one of a kind: told twice, it is there once.</summary>
    private void Announce(Run run)
    {
        if (run.OwesWord)
        {
            _announcing[++_lastAsked] = run.Id;
            var conversations = _parts.Conversations();
            Context.Watch(conversations);
            conversations.Tell(new ConversationCommand.Append(
                _lastAsked, Now, run.Plan.Announce!.Value, new Said(Speaker.System, RunEnds.Announcement(run), $"run:{run.Id}"), $"run:{run.Id}"));
        }
    }

    /// <summary>What was not to be kept goes when everybody has heard its end, and nothing else is to be told there. Asked for again after a crash, it is gone once.</summary>
    private void Tidy()
    {
        foreach (var run in _state.ToTidy.Where(run => !_tidying.ContainsValue(run.Id) && !_refused.Waits(run.Id, Now)).ToArray())
        {
            _tidying[++_lastAsked] = run.Id;
            var conversations = _parts.Conversations();
            Context.Watch(conversations);
            conversations.Tell(new ConversationCommand.Delete(_lastAsked, Now, ((RunWork.Turn)run.Plan.Work).Child));
        }
    }

    private void Replied(ConversationReply reply)
    {
        if (_announcing.Remove(reply.CommandId, out var told))
        {
            switch (reply)
            {
                case ConversationReply.Appended:
                    Note(told, new RunCommand.NoteAnnounced(Now, told));
                    break;
                case ConversationReply.Refused { Code: var code } refused when RefusedWords.IsFinal(code):
                    SpawnLog.NeverAnnounced(_parts.Log, told, refused.Message);
                    Note(told, new RunCommand.NoteAnnounced(Now, told));
                    break;
                default:
                    SpawnLog.NotAnnounced(_parts.Log, told, CauseOf(reply));
                    TryAgain(told);
                    break;
            }
        }
        else if (_tidying.Remove(reply.CommandId, out var gone))
        {
            if (reply is ConversationReply.Deleted)
            {
                Note(gone, new RunCommand.NoteTidied(Now, gone));
            }
            else
            {
                SpawnLog.NotTidied(_parts.Log, gone, CauseOf(reply));
                TryAgain(gone);
            }
        }
        else if (_launcher.Replied(reply) is var (run, refusal))
        {
            Self.Tell(new RunCommand.End(Now, run, refusal));
        }
    }

    private static string CauseOf(ConversationReply reply) => reply is ConversationReply.Refused refused ? refused.Message : reply.GetType().Name;

    private void Note(RunId run, RunCommand done)
    {
        _refused.Forget(run);
        Self.Tell(done);
    }

    private void TryAgain(RunId run)
    {
        _refused.Add(run, Now);
        TryAgainAtNext();
    }

    private void TryAgainAtNext()
    {
        var now = Now;
        if (_refused.NextAfter(now) is { } next)
        {
            TryAgainIn(next - now);
        }
    }

    /// <summary>One timer for all that was refused.</summary>
    private void TryAgainIn(TimeSpan wait)
    {
        var self = Self;
        _again?.Dispose();
        _again = Time.CreateTimer(_ => self.Tell(TellAgain.Instance), null, wait, Timeout.InfiniteTimeSpan);
    }

    private void ConversationsStopped()
    {
        _announcing.Clear();
        _tidying.Clear();
        foreach (var run in _launcher.LostTurns())
        {
            Self.Tell(new RunCommand.End(Now, run, new RunEnd(RunVerdict.Failed, null, "", "Conversations stopped while it ran.")));
        }

        TryAgainIn(AnnounceAgain);
    }

    private void RefuseWriting(string why)
    {
        if (_writing is var (id, asker))
        {
            _writing = null;
            asker.Tell(new RunReply.Refused(id, RefusalCode.JournalUnavailable, why));
        }
    }

    private sealed class TellAgain
    {
        public static readonly TellAgain Instance = new();
    }
}
