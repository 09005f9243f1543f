namespace Netclaw.Runtime.Sql.Store;

/// <summary>Which snapshots of one persistence id are meant: both ends inclusive, times in UTC ticks.</summary>
internal readonly record struct SnapshotRange(long MinSequenceNr, long MaxSequenceNr, long MinCreated, long MaxCreated)
{
    public static SnapshotRange Exactly(long sequenceNr) => new(sequenceNr, sequenceNr, 0, long.MaxValue);
}
