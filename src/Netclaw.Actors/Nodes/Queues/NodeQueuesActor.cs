using Akka.Actor;
using Microsoft.Extensions.Logging;
using Netclaw.Actors.Journal;
using Netclaw.Protocol;

namespace Netclaw.Actors.Nodes.Queues;

/// <summary>
/// The one writer of what waits for nodes. A command is decided, its event written, then it is answered; commands that come meanwhile wait. A write that fails answers
/// <c>journal_unavailable</c> and ends the actor; whoever asks watches it.
/// </summary>
public sealed class NodeQueuesActor : NetclawPersistentActor<QueueEvent, QueueState>
{
    public const string Id = "node-queues";

    private const int SnapshotEvery = 1000;

    private readonly ILogger _log;
    private QueueState _state = QueueState.Empty;
    private (long Id, IActorRef Asker)? _writing;

    public NodeQueuesActor(JournalParts journal, ILogger log) : base(Id, new QueueCodec(), journal)
    {
        _log = log;
        Command<QueueCommand>(Serve);
        KeepSnapshots(cause => QueueLog.NoSnapshot(_log, cause));
    }

    public static Props Props(JournalParts journal, ILogger log) => Akka.Actor.Props.Create(() => new NodeQueuesActor(journal, log));

    protected override void OnSnapshot(QueueState snapshot) => _state = snapshot;

    protected override void OnEvent(QueueEvent @event) => _state = _state.Apply(@event);

    protected override void OnRecovered() => QueueLog.Recovered(_log, LastSequenceNr, _state.Nodes.Count);

    protected override void OnWriteFailed()
    {
        QueueLog.WriteFailed(_log, Health.Failure?.ToString() ?? "a write failed");
        RefuseWriting("the write failed");
    }

    protected override void PostStop()
    {
        // What was being written may or may not be durable: nothing is said to be done.
        RefuseWriting("the queues stopped before they answered");
        base.PostStop();
    }

    private void Serve(QueueCommand command)
    {
        var (happened, reply) = QueueDecider.Decide(command, _state);
        if (happened is not null && Health.Failure is { } failure)
        {
            Sender.Tell(new QueueReply.Refused(command.CommandId, RefusalCode.JournalUnavailable, failure.ToString()));
            return;
        }

        var asker = Sender;
        _writing = (command.CommandId, asker);
        PersistBatch(happened is null ? [] : [happened], _ =>
        {
            _writing = null;
            _state = happened is null ? _state : _state.Apply(happened);
            asker.Tell(reply);
            SaveIfDue(_state, SnapshotEvery);
        });
    }

    private void RefuseWriting(string why)
    {
        if (_writing is var (id, asker))
        {
            _writing = null;
            asker.Tell(new QueueReply.Refused(id, RefusalCode.JournalUnavailable, why));
        }
    }
}
