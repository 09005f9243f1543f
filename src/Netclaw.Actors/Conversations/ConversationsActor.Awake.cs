using Akka.Actor;
using Netclaw.Actors.Conversations.Transcripts;
using Netclaw.Protocol;

namespace Netclaw.Actors.Conversations;

/// <summary>Conversations that are awake, and what lists show of them.</summary>
public sealed partial class ConversationsActor
{
    private readonly Dictionary<ConversationId, AwakeConversation> _awake = [];
    private readonly Dictionary<IActorRef, AwakeConversation> _byActor = [];
    private readonly Dictionary<long, AwakeConversation> _asked = [];

    /// <summary>Those that a start has woken and that have not said yet what is in them.</summary>
    private readonly HashSet<ConversationId> _unread = [];
    private long _lastAsked;
    private long _incarnations;

    /// <summary>One that fails is not restarted: its next command wakes it anew, from its records.</summary>
    protected override SupervisorStrategy SupervisorStrategy() => new OneForOneStrategy(_ => Directive.Stop);

    private AwakeConversation Wake(CatalogueEntry entry)
    {
        if (!_awake.TryGetValue(entry.Id, out var awake))
        {
            var fate = new ConversationFate();
            var child = Context.ActorOf(ConversationActor.Props(new ConversationStart(_parts, entry.Id, entry.Noted, Self, fate)), $"{entry.Id.Generation}-{++_incarnations}");
            _awake[entry.Id] = awake = new AwakeConversation(entry.Id, Context.Watch(child), fate);
            _byActor[child] = awake;
        }

        return awake;
    }

    private void Give(ConversationCommand command, IActorRef asker, string agent)
    {
        if (_state.Find(command.Key) is not { } entry)
        {
            asker.Tell(new ConversationReply.Refused(command.CommandId, RefusalCode.ConversationNotFound, $"{command.Key} was deleted meanwhile"));
            return;
        }

        var awake = Wake(entry);
        if (awake.Resting)
        {
            awake.Held.Enqueue((command, asker));
            return;
        }

        var id = ++_lastAsked;
        var given = awake.Open[id] = new GivenCommand(asker, command.CommandId);
        _asked[id] = awake;
        awake.Actor.Tell(new Serve(id, command, agent, given));
    }

    private void Served(long id)
    {
        if (_asked.Remove(id, out var awake))
        {
            awake.Open.Remove(id);
        }
    }

    private void LetRest(ConversationId id)
    {
        if (_awake.TryGetValue(id, out var awake) && awake is { Resting: false, Open.Count: 0 })
        {
            awake.Resting = true;
            awake.Actor.Tell(new Rest());
        }
    }

    private void Stays(ConversationId id)
    {
        if (_awake.TryGetValue(id, out var awake))
        {
            awake.Resting = false;
            Redo(awake);
        }
    }

    /// <summary>It is over under this id: open turns are cancelled, what it was asked is refused when it has stopped.</summary>
    private void End(CatalogueEntry? entry, string by)
    {
        if (entry is not null && _awake.Remove(entry.Id, out var awake))
        {
            awake.Fate.EndedBy = by;
            Context.Stop(awake.Actor);
        }
    }

    /// <summary>What it has not answered is refused; what came while it was going to rest is decided anew, behind the note of its head.</summary>
    private void Gone(IActorRef actor)
    {
        if (!_byActor.Remove(actor, out var awake))
        {
            return;
        }

        if (_awake.TryGetValue(awake.Id, out var present) && ReferenceEquals(present, awake))
        {
            _awake.Remove(awake.Id);
            SetRunning(awake.Id, null, 0);
        }

        if (_unread.Remove(awake.Id))
        {
            Publish();
        }

        RefuseOpen(awake);
        Redo(awake);
    }

    private void RefuseOpen(AwakeConversation awake)
    {
        foreach (var (id, given) in awake.Open)
        {
            _asked.Remove(id);
            given.Answer(Health.Failure is { } failure
                ? new ConversationReply.Refused(given.Command, RefusalCode.JournalUnavailable, failure.ToString())
                : new ConversationReply.Refused(given.Command, RefusalCode.HandlerUnavailable, $"the conversation {awake.Id.Key} stopped before it answered"));
        }

        awake.Open.Clear();
    }

    private void Redo(AwakeConversation awake)
    {
        while (awake.Held.TryDequeue(out var held))
        {
            Wait(new Waiting(held.Command, held.Asker));
        }
    }

    private void Publish()
    {
        if (_unread.Count == 0)
        {
            _parts.View.Swap(_rows);
        }
    }

    private void Moved(Moved moved)
    {
        _unread.Remove(moved.Id);
        if (!_rows.TryGetValue(moved.Id.Key, out var row) || row.Id != moved.Id)
        {
            Publish();
            return;
        }

        row = row with { Facts = moved.Facts, Running = moved.Running, Waiting = moved.Waiting };
        _rows = _rows.SetItem(row.Key, row);
        Publish();
        if (moved.Reason is { } reason)
        {
            _parts.News.Changed(row, reason, Now);
        }
    }

    private void SetRunning(ConversationId id, string? running, int waiting)
    {
        if (_rows.TryGetValue(id.Key, out var row) && row.Id == id && (row.Running != running || row.Waiting != waiting))
        {
            _rows = _rows.SetItem(row.Key, row with { Running = running, Waiting = waiting });
            Publish();
        }
    }

    private void Show(CatalogueEvent happened)
    {
        var former = _rows.GetValueOrDefault(happened.Key);
        switch (happened)
        {
            case CatalogueEvent.Deleted:
                _rows = _rows.Remove(happened.Key);
                _parts.News.Changed(former!, "delete", happened.At, deleted: true);
                break;
            case CatalogueEvent.Woke or CatalogueEvent.Rested:
                break;
            default:
                var row = RowOf(_state.Entries[happened.Key]);
                row = former?.Id == row.Id ? row with { Facts = former.Facts, Running = former.Running, Waiting = former.Waiting } : row;
                _rows = _rows.SetItem(row.Key, row);
                _parts.News.Changed(row, happened switch { CatalogueEvent.Begun => "create", CatalogueEvent.Reset => "reset", _ => "patch" }, happened.At);
                break;
        }
    }

    private static ConversationRow RowOf(CatalogueEntry entry) => new(entry.Id, entry.BegunAt, entry.Label, entry.ArchivedAt, entry.Facts);
}
