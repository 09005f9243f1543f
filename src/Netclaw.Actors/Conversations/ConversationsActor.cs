using System.Collections.Immutable;
using Akka.Actor;
using Netclaw.Actors.Conversations.Transcripts;
using Netclaw.Actors.Journal;
using Netclaw.Protocol;

namespace Netclaw.Actors.Conversations;

/// <summary>
/// The catalogue of conversations and the parent of those that are awake. What comes together is decided in order and written together (at most <see cref="MostAtOnce"/>); a command for one conversation then
/// goes to its actor, which answers by itself. A conversation that rests has its head noted here before its actor may wake again, so that no transcript comes back shorter than it was.
/// </summary>
public sealed partial class ConversationsActor : NetclawPersistentActor<CatalogueEvent, CatalogueState>
{
    public const string Id = "conversations";

    private const int MostAtOnce = 256;
    private const int SnapshotEvery = 2_000;

    private readonly ConversationParts _parts;
    private readonly Queue<Waiting> _waiting = [];
    private CatalogueState _state = CatalogueState.Empty;
    private ImmutableDictionary<ConversationKey, ConversationRow> _rows = ImmutableDictionary<ConversationKey, ConversationRow>.Empty;
    private List<(ConversationCommand Command, IActorRef Asker)> _writing = [];

    public ConversationsActor(ConversationParts parts) : base(Id, new CatalogueCodec(), parts.Journal)
    {
        _parts = parts;
        Command<ConversationCommand>(command => Wait(new Waiting(command, Sender)));
        Command<Flush>(_ => DecideAndWrite());
        Command<Served>(served => Served(served.Id));
        Command<Moved>(Moved);
        Command<MayRest>(idle => LetRest(idle.Id));
        Command<Resting>(resting => Wait(new Waiting(resting)));
        Command<Staying>(staying => Stays(staying.Id));
        Command<Terminated>(gone => Gone(gone.ActorRef));
        KeepSnapshots(cause => ConversationLog.NoSnapshot(_parts.Log, Id, cause));
    }

    public static Props Props(ConversationParts parts) => Akka.Actor.Props.Create(() => new ConversationsActor(parts));

    protected override void OnSnapshot(CatalogueState snapshot) => _state = snapshot;

    protected override void OnEvent(CatalogueEvent @event) => _state = _state.Apply(@event);

    protected override void OnRecovered()
    {
        ConversationLog.Recovered(_parts.Log, LastSequenceNr, _state.Entries.Count);
        _rows = _state.Entries.ToImmutableDictionary(each => each.Key, each => RowOf(each.Value));

        // Those that were awake when the daemon went down may have turns that are lost, and have more in them than is noted here. Lists wait for them.
        foreach (var entry in _state.Entries.Values.Where(entry => entry.Awake))
        {
            _unread.Add(entry.Id);
            Wake(entry);
        }

        Publish();
    }

    protected override void OnWriteFailed()
    {
        ConversationLog.WriteFailed(_parts.Log, Id, Health.Failure?.ToString() ?? "a write failed");
        RefuseWriting("the write failed");
    }

    protected override void PostStop()
    {
        RefuseWriting("the conversations stopped before they answered");
        foreach (var awake in _byActor.Values)
        {
            RefuseOpen(awake);
        }

        base.PostStop();
    }

    private void Wait(Waiting waiting)
    {
        _waiting.Enqueue(waiting);
        if (_waiting.Count == 1)
        {
            Self.Tell(Flush.Instance, ActorRefs.NoSender);
        }
    }

    private void DecideAndWrite()
    {
        var (state, events, after, then) = (_state, new List<CatalogueEvent>(), new List<CatalogueState>(), new List<Action>());
        _writing = [];
        for (var taken = 0; taken < MostAtOnce && _waiting.TryDequeue(out var waiting); taken++)
        {
            var (happened, afterwards) = waiting is { Command: { } command, Asker: { } asker } ? Decide(command, asker, state) : Note(waiting.Resting!, state);
            if (happened is not null)
            {
                state = state.Apply(happened);
                events.Add(happened);
                after.Add(state);
            }

            then.Add(afterwards);
        }

        PersistBatch(events, _ =>
        {
            _writing = [];

            // One after the other, as each left it: what was begun and deleted in one write is told as both.
            for (var i = 0; i < events.Count; i++)
            {
                _state = after[i];
                Show(events[i]);
            }

            Publish();
            then.ForEach(each => each());
            SaveIfDue(_state, SnapshotEvery);
            if (_waiting.Count > 0)
            {
                Self.Tell(Flush.Instance, ActorRefs.NoSender);
            }
        });
    }

    private (CatalogueEvent?, Action) Decide(ConversationCommand command, IActorRef asker, CatalogueState state)
    {
        var decision = CatalogueDecider.Decide(command, state, _parts.Agents.All);
        if (decision.Event is not null && Health.Failure is { } failure)
        {
            decision = new CatalogueDecision(null, new ConversationReply.Refused(command.CommandId, RefusalCode.JournalUnavailable, failure.ToString()));
        }

        _writing.Add((command, asker));
        var former = state.Find(command.Key);
        return (decision.Event, () => Do(command, asker, decision, former));
    }

    private void Do(ConversationCommand command, IActorRef asker, CatalogueDecision decision, CatalogueEntry? former)
    {
        if (decision.Refusal is { } refusal)
        {
            asker.Tell(refusal);
            return;
        }

        switch (command)
        {
            case ConversationCommand.Append or ConversationCommand.Prompt or ConversationCommand.Read:
                Give(command, asker, decision.Agent);
                break;
            case ConversationCommand.Abort when !_awake.ContainsKey(_state.Find(command.Key)?.Id ?? default):
                asker.Tell(new ConversationReply.Aborted(command.CommandId, 0));
                break;
            case ConversationCommand.Abort:
                Give(command, asker, "");
                break;
            case ConversationCommand.Delete:
                End(former, ChatEvent.Deleted);
                asker.Tell(new ConversationReply.Deleted(command.CommandId, former is not null));
                break;
            case ConversationCommand.Reset:
                End(former, ChatEvent.Reset);
                asker.Tell(Changed(command));
                break;
            default:
                asker.Tell(Changed(command));
                break;
        }
    }

    private ConversationReply Changed(ConversationCommand command) => _rows.TryGetValue(command.Key, out var row)
        ? new ConversationReply.Changed(command.CommandId, row)
        : new ConversationReply.Refused(command.CommandId, RefusalCode.ConversationNotFound, $"{command.Key} was deleted meanwhile");

    /// <summary>A conversation rests: its head is noted, unless it has another transcript by now or none was added.</summary>
    private static (CatalogueEvent?, Action) NoteRest(Resting resting, CatalogueState state, DateTimeOffset now) =>
        (state.Find(resting.Id.Key) is { } entry && entry.Id == resting.Id && entry.Awake ? new CatalogueEvent.Rested(now, resting.Id.Key, RestedHead.Of(resting.Head), resting.Facts) { Transcript = resting.Id } : null, () => { });

    private (CatalogueEvent?, Action) Note(Resting resting, CatalogueState state) => Health.Failure is null ? NoteRest(resting, state, Now) : (null, () => { });

    private void RefuseWriting(string why)
    {
        var unanswered = _writing.Concat(_waiting.Where(each => each.Command is not null).Select(each => (each.Command!, each.Asker!))).ToList();
        _writing = [];
        _waiting.Clear();
        foreach (var (command, asker) in unanswered)
        {
            asker.Tell(new ConversationReply.Refused(command.CommandId, RefusalCode.JournalUnavailable, why));
        }
    }

    /// <summary>A command and who asks it, or a conversation that rests.</summary>
    private sealed record Waiting(ConversationCommand? Command, IActorRef? Asker, Resting? Resting)
    {
        public Waiting(ConversationCommand command, IActorRef asker) : this(command, asker, null)
        {
        }

        public Waiting(Resting resting) : this(null, null, resting)
        {
        }
    }

    private sealed class Flush
    {
        public static readonly Flush Instance = new();
    }
}
