namespace Akka.Persistence;

/// <summary>Answers DeleteSnapshots: what the criteria select may still be there.</summary>
/// <remarks>Akka.NET documentation, "Persistence: Snapshots".</remarks>
public sealed class DeleteSnapshotsFailure(SnapshotSelectionCriteria criteria, Exception cause)
{
    /// <summary>What was asked to be deleted.</summary>
    public SnapshotSelectionCriteria Criteria { get; } = criteria;

    /// <summary>Why it failed.</summary>
    public Exception Cause { get; } = cause;

    /// <inheritdoc/>
    public bool Equals(DeleteSnapshotsFailure? other) => other is not null && Equals(Criteria, other.Criteria) && Equals(Cause, other.Cause);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as DeleteSnapshotsFailure);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Criteria, Cause);

    /// <inheritdoc/>
    public override string ToString() => $"DeleteSnapshotsFailure<criteria: {Criteria}, cause: {Cause}>";
}
