using Akka.Persistence;
using Netclaw.Protocol;

namespace Netclaw.Actors.Journal;

/// <summary>Reading what is durable: every record is checked against the chain, in its order, before it says anything.</summary>
public abstract partial class NetclawPersistentActor<TEvent, TSnapshot>
{
    /// <summary>Records of a journal that are read by the actor itself, one after the other: most are not longer, and need no other threads.</summary>
    private const int ReadAlone = 2048;

    private RecordsAhead<TEvent>? _ahead;
    private int _alone;

    protected override void OnRecoveryFailure(Exception reason, object? message = null)
    {
        var (kind, sequence, what) = reason switch
        {
            JournalDamageException damage => (JournalFailureKind.Unreadable, damage.Sequence, damage.What),

            // A journal that this process has read before is out of reach; one that it never read may be anything.
            _ => (_known is null && _noted is null ? JournalFailureKind.Unreadable : JournalFailureKind.Away, LastSequenceNr + 1, reason.Message),
        };
        Report(kind, sequence, what);
        base.OnRecoveryFailure(reason, message);
    }

    private void Resume(SnapshotOffer offer)
    {
        var sequence = offer.Metadata.SequenceNr;
        if (offer.Snapshot is not JournalRecord record)
        {
            throw Damage(sequence, $"the snapshot is a {offer.Snapshot?.GetType().Name ?? "nothing"}, not a record of this journal");
        }

        _chain.Resume(sequence, record);
        MustBeKnown(sequence);
        Read(sequence, "the snapshot", () => OnSnapshot(_codec.DecodeSnapshot(record.Manifest, record.Bytes)));
        (_snapshotAt, _keptSnapshot) = (sequence, sequence);
    }

    private void Follow(JournalRecord record)
    {
        if (_alone < ReadAlone)
        {
            _alone++;
            Take(ReadRecord<TEvent>.Of(_chain, _codec.DecodeEvent, LastSequenceNr, record));
        }
        else
        {
            _ahead ??= new RecordsAhead<TEvent>(PersistenceId, _parts.Keys, _codec.DecodeEvent, Take);
            _ahead.Add(LastSequenceNr, record);
        }
    }

    private void Take(ReadRecord<TEvent> read)
    {
        try
        {
            _chain.Follow(read.Sequence, read.Record, read.Unsound);
        }
        catch (JournalDamageException) when (Sabotage.Is(Break.ReadDamageAsTheEnd))
        {
            return;
        }

        MustBeKnown(read.Sequence);
        Read(read.Sequence, "the record", () => OnEvent(read.Meaningless is { } cause ? throw cause : read.Event!));
    }

    private void Complete()
    {
        try
        {
            _ahead?.Finish();
            if (LastSequenceNr != _chain.Sequence && !Sabotage.Is(Break.ReadDamageAsTheEnd))
            {
                throw Damage(_chain.Sequence + 1, $"the journal says it ends at {LastSequenceNr}, its records end at {_chain.Sequence}");
            }
        }
        catch (JournalDamageException damage)
        {
            // Let through it would only restart the actor: to the runtime the recovery is over.
            OnRecoveryFailure(damage);
            Context.Stop(Self);
            return;
        }

        _ahead = null;
        if (_known is { } known && LastSequenceNr < known.Sequence && !Sabotage.Is(Break.SkipKnownHead))
        {
            OnRecoveryFailure(Damage(LastSequenceNr + 1, $"the journal ends at {LastSequenceNr}, this process has seen {known.Sequence} durable: it went back"));
            Context.Stop(Self);
            return;
        }

        Note();
        OnRecovered();
        _writer!.Recovered();
    }

    /// <summary>A journal that went back and on again has other records where this process has seen some.</summary>
    private void MustBeKnown(long sequence)
    {
        if (_known is { } known && known.Sequence == sequence && !known.Sum.Span.SequenceEqual(_chain.Head.Span))
        {
            throw Damage(sequence, "it is not the record that this process has seen durable there: the journal went back and then on another way");
        }
    }

    private void Read(long sequence, string what, Action read)
    {
        try
        {
            read();
        }
        catch (Exception e) when (e is not JournalDamageException)
        {
            throw Damage(sequence, $"{what} is sound but means nothing here: {e.Message}", e);
        }
    }
}
