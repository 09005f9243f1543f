namespace Akka.Persistence;

/// <summary>Answers SaveSnapshot: the snapshot is durable.</summary>
public sealed class SaveSnapshotSuccess(SnapshotMetadata metadata)
{
    public SnapshotMetadata Metadata { get; } = metadata;

    public bool Equals(SaveSnapshotSuccess? other) => other is not null && Equals(Metadata, other.Metadata);

    public override bool Equals(object? obj) => Equals(obj as SaveSnapshotSuccess);

    public override int GetHashCode() => HashCode.Combine(Metadata);

    public override string ToString() => $"SaveSnapshotSuccess<metadata: {Metadata}>";
}
