namespace Akka.Persistence;

/// <summary>Answers DeleteSnapshots: what the criteria select may still be there.</summary>
public sealed class DeleteSnapshotsFailure(SnapshotSelectionCriteria criteria, Exception cause)
{
    public SnapshotSelectionCriteria Criteria { get; } = criteria;

    public Exception Cause { get; } = cause;

    public bool Equals(DeleteSnapshotsFailure? other) => other is not null && Equals(Criteria, other.Criteria) && Equals(Cause, other.Cause);

    public override bool Equals(object? obj) => Equals(obj as DeleteSnapshotsFailure);

    public override int GetHashCode() => HashCode.Combine(Criteria, Cause);

    public override string ToString() => $"DeleteSnapshotsFailure<criteria: {Criteria}, cause: {Cause}>";
}
