using Akka.Actor;
using Akka.Persistence;

namespace Netclaw.Runtime.Contract.Persistence;

/// <summary>Lets a test run code inside a persistent actor.</summary>
public sealed record Do(Action<Ledger> Act);

/// <summary>Lets a test run asynchronous code inside a persistent actor.</summary>
public sealed record DoAsync(Func<Ledger, Task> Act);

/// <summary>A persistent actor that writes down all that happens to it. Texts are commands it only writes down.</summary>
public sealed class Ledger : ReceivePersistentActor, IWithUnboundedStash
{
    private readonly Protocol _protocol;
    private readonly Action<Ledger, object>? _onRecover;
    private readonly Recovery _recovery;

    public Ledger(string persistenceId, Protocol protocol, Recovery? recovery, Action<Ledger, object>? onRecover)
    {
        PersistenceId = persistenceId;
        _protocol = protocol;
        _recovery = recovery ?? Recovery.Default;
        _onRecover = onRecover;

        Recover<Noted>(e => Recovered($"recovered {e.Text} #{LastSequenceNr}", e));
        Recover<SnapshotOffer>(o => Recovered($"offered {((Noted)o.Snapshot).Text} #{o.Metadata.SequenceNr}", o));
        Recover<RecoveryCompleted>(c => Recovered($"completed #{LastSequenceNr}", c));

        Initial();
    }

    private void Initial()
    {
        Command<Do>(work => work.Act(this));
        CommandAsync<DoAsync>(work => work.Act(this));
        Command<string>(text => Note($"command {text}"));
        Command<Terminated>(_ => Note("terminated"));
        Command<SaveSnapshotSuccess>(s => Note($"saved #{s.Metadata.SequenceNr}"));
        Command<SaveSnapshotFailure>(f => Note($"save failed #{f.Metadata.SequenceNr}: {f.Cause.Message}"));
        Command<DeleteMessagesSuccess>(s => Note($"deleted to {s.ToSequenceNr}"));
        Command<DeleteMessagesFailure>(f => Note($"delete failed to {f.ToSequenceNr}: {f.Cause.Message}"));
        Command<DeleteSnapshotSuccess>(s => Note($"snapshot deleted #{s.Metadata.SequenceNr}"));
        Command<DeleteSnapshotsSuccess>(s => Note($"snapshots deleted to {s.Criteria.MaxSequenceNr}"));
        Command<DeleteSnapshotFailure>(f => Note($"snapshot delete failed: {f.Cause.Message}"));
    }

    public override string PersistenceId { get; }

    public override Recovery Recovery => _recovery;

    public IActorRef Asker => Sender;

    public static Props Props(string persistenceId, Protocol protocol, Recovery? recovery = null, Action<Ledger, object>? onRecover = null) =>
        Akka.Actor.Props.Create(() => new Ledger(persistenceId, protocol, recovery, onRecover));

    public void Note(string line) => _protocol.Add(line);

    /// <summary>Persists one event; its handler writes "handled".</summary>
    public void Put(string text) => Persist(new Noted(text), e => Note($"handled {e.Text} #{LastSequenceNr}"));

    public void PutAll(params string[] texts) =>
        PersistAll(texts.Select(text => new Noted(text)).ToArray(), e => Note($"handled {e.Text} #{LastSequenceNr}"));

    public new void Become(Action handlers) => base.Become(handlers);

    public void OnAnyText(Action<string> handler) => Command(handler);

    public void OnDo() => Command<Do>(work => work.Act(this));

    /// <summary>Back to the handlers of the constructor.</summary>
    public void Unbecome() => base.Become(Initial);

    public void WatchAnother(IActorRef subject) => Context.Watch(subject);

    public void StopSelf() => Context.Stop(Self);

    protected override void OnPersistFailure(Exception cause, object @event, long sequenceNr) =>
        Note($"persist failed {((Noted)@event).Text} #{sequenceNr} {(cause is null ? "without cause" : "with cause")}");

    protected override void OnPersistRejected(Exception cause, object @event, long sequenceNr) =>
        Note($"rejected {((Noted)@event).Text}: {cause.GetBaseException().Message}");

    protected override void OnRecoveryFailure(Exception reason, object? message = null) =>
        Note($"recovery failed: {reason.GetBaseException().Message}");

    protected override void PostStop() => Note("stopped");

    private void Recovered(string line, object message)
    {
        Note(line);
        _onRecover?.Invoke(this, message);
    }
}
