namespace Akka.Persistence;

/// <summary>Answers DeleteSnapshot: the snapshot is gone.</summary>
public sealed class DeleteSnapshotSuccess(SnapshotMetadata metadata)
{
    public SnapshotMetadata Metadata { get; } = metadata;

    public bool Equals(DeleteSnapshotSuccess? other) => other is not null && Equals(Metadata, other.Metadata);

    public override bool Equals(object? obj) => Equals(obj as DeleteSnapshotSuccess);

    public override int GetHashCode() => HashCode.Combine(Metadata);

    public override string ToString() => $"DeleteSnapshotSuccess<metadata: {Metadata}>";
}
