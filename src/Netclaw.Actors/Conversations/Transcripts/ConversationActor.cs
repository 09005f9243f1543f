using Akka.Actor;
using Netclaw.Actors.Agents;
using Netclaw.Actors.Journal;
using Netclaw.Protocol;

namespace Netclaw.Actors.Conversations.Transcripts;

/// <summary>
/// One conversation, the only writer of its transcript: a command is decided, its events written, then it is answered. One turn runs at a time (the other half of this class). When nobody uses it, it asks the
/// catalogue to rest. A write that fails answers <c>journal_unavailable</c> and ends it; the next command wakes it anew.
/// </summary>
public sealed partial class ConversationActor : NetclawPersistentActor<TranscriptEvent, Transcript>, IWithTimers
{
    private const int SnapshotEvery = 500;
    private const int SnapshotAtRest = 100;

    private readonly ConversationStart _start;
    private readonly ConversationParts _parts;
    private readonly ConversationId _id;
    private readonly IActorRef _catalogue;
    private Transcript _transcript = Transcript.Empty;
    private DateTimeOffset _updatedAt = DateTimeOffset.UnixEpoch;
    private Serve? _writing;

    public ConversationActor(ConversationStart start) : base(start.Id.PersistenceId, new TranscriptCodec(), start.Parts.Journal, start.Noted)
    {
        (_start, _parts, _id, _catalogue) = (start, start.Parts, start.Id, start.Catalogue);
        Command<Serve>(Serve);
        Command<HeardMore>(more => Listen(more.Run));
        Command<TurnDone>(Done);
        Command<TurnTooLong>(late => TooLong(late.Run));
        Command<TurnStuck>(stuck => Stuck(stuck.Run));
        Command<OlderRead>(Took);
        Command<Terminated>(gone => ReaderGone(gone.ActorRef));
        Command<ReceiveTimeout>(_ => AskToRest());
        Command<Rest>(_ => RestOrStay());
        KeepSnapshots(cause => ConversationLog.NoSnapshot(_parts.Log, PersistenceId, cause));
    }

    public ITimerScheduler Timers { get; set; } = null!;

    private bool IsIdle => _transcript.Open.IsEmpty && _running is null;

    public static Props Props(ConversationStart start) => Akka.Actor.Props.Create(() => new ConversationActor(start));

    protected override void OnSnapshot(Transcript snapshot) => _transcript = snapshot;

    protected override void OnEvent(TranscriptEvent @event) => _transcript = _transcript.Apply(@event);

    protected override void OnRecovered()
    {
        ConversationLog.Woken(_parts.Log, PersistenceId, LastSequenceNr, _transcript.Last);
        _updatedAt = _transcript.Held.IsEmpty ? _updatedAt : _transcript.Held[^1].At;
        SetReceiveTimeout(_parts.Pace.IdleAfter);
        if (!LoseTurns())
        {
            TellCatalogue(reason: null);
        }
    }

    protected override void OnWriteFailed()
    {
        ConversationLog.WriteFailed(_parts.Log, PersistenceId, Health.Failure?.ToString() ?? "a write failed");
        RefuseWriting("the write failed");
    }

    protected override void PostStop()
    {
        // What was being written may or may not be durable: nothing is said to be done.
        RefuseWriting("the conversation stopped before it answered");
        EndTurns();
        base.PostStop();
    }

    private void Serve(Serve serve)
    {
        var command = serve.Command;
        if (command is ConversationCommand.Read read)
        {
            Read(serve, read);
            return;
        }

        var decision = TranscriptDecider.Decide(command, _transcript, serve.Agent);
        if (decision.Events.Length > 0 && Health.Failure is { } failure)
        {
            Answer(serve, new ConversationReply.Refused(command.CommandId, RefusalCode.JournalUnavailable, failure.ToString()));
            return;
        }

        _writing = serve;
        Write(decision.Events, () =>
        {
            _writing = null;
            Answer(serve, decision.Reply);
            Follow(command, decision);
        });
    }

    /// <summary>One write; then the transcript is what it came to, and whoever listens hears of it.</summary>
    private void Write(IReadOnlyList<TranscriptEvent> events, Action then) => PersistBatch(events, _ =>
    {
        foreach (var happened in events)
        {
            _transcript = _transcript.Apply(happened);
            if (happened is TranscriptEvent.MessageAdded { Message: var message })
            {
                _updatedAt = message.At;
                _parts.News.Say(_id, message);
            }
        }

        then();
        if (events.Count > 0)
        {
            SaveIfDue(_transcript, SnapshotEvery);
        }
    });

    private void Answer(Serve serve, ConversationReply reply)
    {
        serve.Given.Answer(reply);
        _catalogue.Tell(new Served(serve.Id));
    }

    private void RefuseWriting(string why)
    {
        if (_writing is { } serve)
        {
            _writing = null;
            Answer(serve, new ConversationReply.Refused(serve.Command.CommandId, RefusalCode.JournalUnavailable, why));
        }
    }

    private void TellCatalogue(string? reason) => _catalogue.Tell(new Moved(_id, Facts(), _running?.Turn.Run, Math.Max(0, _transcript.Open.Count - 1), reason));

    private ConversationFacts Facts() => new(_transcript.Last, _updatedAt, ConversationFacts.PreviewOf(_transcript.Held.LastOrDefault()?.Text));

    private void AskToRest()
    {
        if (IsIdle)
        {
            _catalogue.Tell(new MayRest(_id));
        }
    }

    private void RestOrStay()
    {
        if (!IsIdle)
        {
            _catalogue.Tell(new Staying(_id));
            return;
        }

        SaveIfDue(_transcript, SnapshotAtRest);
        _catalogue.Tell(new Resting(_id, Head, Facts()));
        Context.Stop(Self);
    }
}
