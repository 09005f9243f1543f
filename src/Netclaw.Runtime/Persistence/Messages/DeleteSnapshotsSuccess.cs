namespace Akka.Persistence;

/// <summary>Answers DeleteSnapshots: what the criteria select is gone.</summary>
/// <remarks>Akka.NET documentation, "Persistence: Snapshots".</remarks>
public sealed class DeleteSnapshotsSuccess(SnapshotSelectionCriteria criteria)
{
    /// <summary>What was asked to be deleted.</summary>
    public SnapshotSelectionCriteria Criteria { get; } = criteria;

    /// <inheritdoc/>
    public bool Equals(DeleteSnapshotsSuccess? other) => other is not null && Equals(Criteria, other.Criteria);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as DeleteSnapshotsSuccess);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Criteria);

    /// <inheritdoc/>
    public override string ToString() => $"DeleteSnapshotsSuccess<criteria: {Criteria}>";
}
