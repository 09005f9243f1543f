namespace Akka.Persistence;

/// <summary>How far an actor recovers: from which snapshot, up to which event, and how many events at most.</summary>
/// <remarks>Akka.NET documentation, "Persistence: Event Sourcing".</remarks>
public sealed class Recovery
{
    /// <summary>From the snapshot that the criteria select, up to the sequence number, at most so many events.</summary>
    public Recovery()
        : this(null)
    {
    }

    /// <summary>From the snapshot that the criteria select, up to the sequence number, at most so many events.</summary>
    public Recovery(SnapshotSelectionCriteria? fromSnapshot)
        : this(fromSnapshot, long.MaxValue)
    {
    }

    /// <summary>From the snapshot that the criteria select, up to the sequence number, at most so many events.</summary>
    public Recovery(SnapshotSelectionCriteria? fromSnapshot, long toSequenceNr)
        : this(fromSnapshot, toSequenceNr, long.MaxValue)
    {
    }

    /// <summary>From the snapshot that the criteria select, up to the sequence number, at most so many events.</summary>
    public Recovery(SnapshotSelectionCriteria? fromSnapshot = null, long toSequenceNr = long.MaxValue, long replayMax = long.MaxValue)
    {
        FromSnapshot = fromSnapshot ?? SnapshotSelectionCriteria.Latest;
        ToSequenceNr = toSequenceNr;
        ReplayMax = replayMax;
    }

    /// <summary>The latest snapshot and every event after it.</summary>
    public static Recovery Default { get; } = new(SnapshotSelectionCriteria.Latest);

    /// <summary>Neither snapshot nor events; only the highest sequence number, so that numbering goes on.</summary>
    public static Recovery None { get; } = new(SnapshotSelectionCriteria.None, 0);

    /// <summary>Which snapshots are offered.</summary>
    public SnapshotSelectionCriteria FromSnapshot { get; }

    /// <summary>Up to which sequence number, inclusive.</summary>
    public long ToSequenceNr { get; }

    /// <summary>Events at most.</summary>
    public long ReplayMax { get; }
}
