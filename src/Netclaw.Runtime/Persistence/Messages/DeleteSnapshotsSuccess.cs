namespace Akka.Persistence;

/// <summary>Answers DeleteSnapshots: what the criteria select is gone.</summary>
public sealed class DeleteSnapshotsSuccess(SnapshotSelectionCriteria criteria)
{
    public SnapshotSelectionCriteria Criteria { get; } = criteria;

    public bool Equals(DeleteSnapshotsSuccess? other) => other is not null && Equals(Criteria, other.Criteria);

    public override bool Equals(object? obj) => Equals(obj as DeleteSnapshotsSuccess);

    public override int GetHashCode() => HashCode.Combine(Criteria);

    public override string ToString() => $"DeleteSnapshotsSuccess<criteria: {Criteria}>";
}
