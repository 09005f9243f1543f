using Akka.Actor;
using Akka.Persistence;
using Netclaw.Actors.Journal;
using Netclaw.Actors.Pairing;
using Netclaw.Protocol;

namespace Netclaw.Actors.Devices;

/// <summary>
/// The one writer of the registry. Commands are gathered and decided in batches, each one durable write (runtime.md, group commit):
/// <list type="number">
/// <item>a command waits; the first sends a <see cref="Flush"/> behind what is already on its way;</item>
/// <item>the flush decides what waits, in order, on the state that the decisions before it will have made;</item>
/// <item>their events are written together, while further commands are held back;</item>
/// <item>durable: the view is swapped, then waiting devices are told, then everybody is answered in order.</item>
/// </list>
/// A write that fails answers <c>journal_unavailable</c> and ends the actor; sessions watch it.
/// </summary>
public sealed partial class DeviceRegistryActor : NetclawPersistentActor<RegistryEvent, RegistryState>, IWithTimers
{
    public const string Id = "device-registry";

    private readonly RegistryParts _parts;
    private readonly Queue<AskedCommand> _waiting = new();
    private RegistryDraft? _recovering = new(RegistryState.Empty);
    private RegistryState _state = RegistryState.Empty;
    private RegistryBatch? _writing;
    private bool _stopping;

    public DeviceRegistryActor(RegistryParts parts) : base(Id, new RegistryCodec(), parts.Journal)
    {
        _parts = parts;
        Command<RegistryCommand>(Wait);
        Command<WatchRequest>(Watch);
        Command<Flush>(_ => DecideAndWrite());
        Command<ExpiryCame>(_ => Wait(new RegistryCommand.ExpireDue(0, Time.GetUtcNow()), ActorRefs.Nobody));
        Command<SeenDue>(_ => WriteSeen());
        Command<ConnectedDue>(_ => NoteWhoStays());
        Command<NamesWanted>(_ => PrepareNames());
        Command<StopRegistry>(_ => Stop());
        Command<StopBudgetSpent>(_ => Context.Stop(Self));
        Command<SnapshotEncoded>(Save);
        Command<SnapshotUnencoded>(NotSaved);
        Command<SaveSnapshotSuccess>(Saved);
        Command<SaveSnapshotFailure>(NotSaved);
        Command<DeleteSnapshotsSuccess>(_ => { });
    }

    public ITimerScheduler Timers { get; set; } = null!;

    public static Props Props(RegistryParts parts) => Akka.Actor.Props.Create(typeof(DeviceRegistryActor), parts);

    protected override void OnSnapshot(RegistryState snapshot)
    {
        _recovering = new RegistryDraft(snapshot);
        _snapshotAt = LastSequenceNr;
    }

    protected override void OnEvent(RegistryEvent @event) => _recovering!.Apply(@event);

    protected override void OnRecovered()
    {
        _state = _recovering!.ToState();
        _recovering = null;
        _parts.View.Swap(_state.View(Now, LastSequenceNr));
        RegistryLog.Recovered(_parts.Log, LastSequenceNr, _state.Devices.Count, _state.Pending.Count);
        ArmExpiry();
        if (!Sabotage.Is(Break.ForgetWhatWasMissed))
        {
            TellWhatWasMissed(Now);
        }

        NotePosture();
        StartSeeing();

        // Ready first: names are needed only when somebody pairs.
        Self.Tell(NamesWanted.Instance, ActorRefs.NoSender);
    }

    protected override void OnWriteFailed()
    {
        RegistryLog.WriteFailed(_parts.Log, Health.Failure?.ToString() ?? "a write failed");
        RefuseAll(RefusalCode.JournalUnavailable, "the write failed");
    }

    protected override void PostStop()
    {
        // Nobody is left to answer; what was being written may or may not be durable, so nothing is said to be done.
        RefuseAll(_stopping ? RefusalCode.GatewayStopping : RefusalCode.HandlerUnavailable, "the registry stopped before it answered");
        base.PostStop();
    }

    private void Wait(RegistryCommand command) => Wait(command, Sender);

    private void Wait(RegistryCommand command, IActorRef asker)
    {
        if (_stopping)
        {
            asker.Tell(new RegistryReply.Refused(command.CommandId, RefusalCode.GatewayStopping, "the registry is stopping"), Self);
            return;
        }

        _waiting.Enqueue(new AskedCommand(command, asker));
        if (_waiting.Count == 1)
        {
            Self.Tell(Flush.Instance, ActorRefs.NoSender);
        }
    }

    private void DecideAndWrite()
    {
        if (Health.Failure is { } failure && !Sabotage.Is(Break.GoOnAfterAFailedWrite))
        {
            RefuseAll(RefusalCode.JournalUnavailable, failure.ToString());
            return;
        }

        var asked = new List<AskedCommand>(Math.Min(_waiting.Count, _parts.Options.BatchSize));
        while (asked.Count < _parts.Options.BatchSize && _waiting.TryDequeue(out var next))
        {
            asked.Add(next);
        }

        if (_waiting.Count > 0)
        {
            Self.Tell(Flush.Instance, ActorRefs.NoSender);
        }

        if (asked.Count == 0)
        {
            return;
        }

        var batch = RegistryBatch.Decide(_parts.Rules, asked, _state, Now, (command, cause) => RegistryLog.Undecided(_parts.Log, cause, command.GetType().Name));
        _writing = batch;
        if (Sabotage.Is(Break.AcknowledgeBeforePersist))
        {
            AnswerAll(batch);
        }

        if (Sabotage.Is(Break.SwapViewBeforePersist))
        {
            _parts.View.Swap(batch.State.View(batch.Now, LastSequenceNr));
        }

        PersistBatch(Sabotage.Is(Break.AcknowledgeAndNeverPersist) && _state.Devices.Count > 2 ? [] : batch.Events, Written);
    }

    /// <summary>Durable. The order of these steps is what everybody relies on.</summary>
    private void Written(IReadOnlyList<JournalRecord> records)
    {
        var batch = _writing!;
        _state = batch.State;
        _parts.View.Swap(_state.View(batch.Now, LastSequenceNr));
        ArmExpiry();
        foreach (var outcome in batch.Events.Select(PairingOutcome.Of))
        {
            Tell(outcome, batch.Now);
        }

        if (!Sabotage.Is(Break.AcknowledgeBeforePersist))
        {
            AnswerAll(batch);
        }

        _writing = null;
        NoteForSnapshot(records);
    }

    private void AnswerAll(RegistryBatch batch)
    {
        foreach (var (asked, reply) in batch.Answers)
        {
            Answer(asked, reply, batch);
        }
    }

    /// <summary>Before what waited for the recovery: nothing is paired in a posture that nobody confirmed.</summary>
    private void NotePosture()
    {
        if (_parts.Posture is { } posture && posture != _state.Posture)
        {
            Wait(new RegistryCommand.NotePosture(0, Now, posture), ActorRefs.Nobody);
        }
    }

    private void PrepareNames() => _ = _state.Names;

    private void ArmExpiry()
    {
        if (!Timers.IsTimerActive(nameof(ExpiryCame)) && _state.NextExpiry(Now) is { } due)
        {
            var wait = due - Now;
            Timers.StartSingleTimer(nameof(ExpiryCame), ExpiryCame.Instance, wait > TimeSpan.Zero ? wait : TimeSpan.FromMilliseconds(1));
        }
    }

    private sealed class Flush
    {
        public static readonly Flush Instance = new();
    }

    private sealed class ExpiryCame
    {
        public static readonly ExpiryCame Instance = new();
    }

    private sealed class NamesWanted
    {
        public static readonly NamesWanted Instance = new();
    }

    private sealed class StopBudgetSpent
    {
        public static readonly StopBudgetSpent Instance = new();
    }
}
