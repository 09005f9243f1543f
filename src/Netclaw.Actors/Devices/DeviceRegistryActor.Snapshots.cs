using Akka.Actor;
using Akka.Persistence;
using Netclaw.Actors.Journal;

namespace Netclaw.Actors.Devices;

/// <summary>
/// Snapshots. A state is encoded beside the actor, because a large one takes longer than a command may wait; what is written
/// meanwhile is kept and goes into the snapshot behind it, so that it stands at the sequence it is saved at.
/// </summary>
public sealed partial class DeviceRegistryActor
{
    private long _snapshotAt;
    private List<(string Manifest, ReadOnlyMemory<byte> Bytes)>? _sinceEncoding;

    private void NoteForSnapshot(IReadOnlyList<JournalRecord> records)
    {
        _sinceEncoding?.AddRange(records.Select(record => (record.Manifest, record.Bytes)));
        if (LastSequenceNr - _snapshotAt >= _parts.Options.SnapshotEvery)
        {
            Encode();
        }
    }

    private void Encode()
    {
        if (_sinceEncoding is not null)
        {
            return;
        }

        _sinceEncoding = [];
        _snapshotAt = LastSequenceNr;
        var state = _state;
        _ = Task.Run(() => new RegistryCodec().EncodeSnapshot(state)).PipeTo(
            Self, ActorRefs.NoSender, encoded => new SnapshotEncoded(encoded.Manifest, encoded.Bytes), cause => new SnapshotUnencoded(cause));
    }

    private void Save(SnapshotEncoded encoded)
    {
        SaveAnchored(encoded.Manifest, RegistryCodec.ExtendSnapshot(encoded.Bytes, _sinceEncoding!));
        _snapshotAt = LastSequenceNr;
        _sinceEncoding = null;
    }

    private void Saved(SaveSnapshotSuccess saved)
    {
        RegistryLog.Snapshot(_parts.Log, saved.Metadata.SequenceNr);
        Keep(saved);
        StopIfStopping();
    }

    private void NotSaved(SaveSnapshotFailure failure)
    {
        RegistryLog.NoSnapshot(_parts.Log, failure.Cause.Message);
        StopIfStopping();
    }

    private void NotSaved(SnapshotUnencoded failure)
    {
        _sinceEncoding = null;
        RegistryLog.NoSnapshot(_parts.Log, failure.Cause.Message);
        StopIfStopping();
    }

    private void Stop()
    {
        if (!_stopping)
        {
            WriteSeen();
        }

        _stopping = true;
        if (_waiting.Count > 0)
        {
            // Asked before the stop: its flush is on the way, and this comes after it.
            Self.Tell(StopRegistry.Instance, ActorRefs.NoSender);
            return;
        }

        if (_sinceEncoding is null && LastSequenceNr - _snapshotAt < _parts.Options.SnapshotAtStop)
        {
            Context.Stop(Self);
            return;
        }

        Encode();
        Timers.StartSingleTimer(nameof(StopBudgetSpent), StopBudgetSpent.Instance, _parts.Options.StopBudget);
    }

    private void StopIfStopping()
    {
        if (_stopping)
        {
            Context.Stop(Self);
        }
    }

    private sealed record SnapshotEncoded(string Manifest, byte[] Bytes);

    private sealed record SnapshotUnencoded(Exception Cause);
}
