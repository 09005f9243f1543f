namespace Akka.Persistence;

/// <summary>Answers SaveSnapshot: there is no such snapshot, or its fate is unknown.</summary>
public sealed class SaveSnapshotFailure(SnapshotMetadata metadata, Exception cause)
{
    public SnapshotMetadata Metadata { get; } = metadata;

    public Exception Cause { get; } = cause;

    public bool Equals(SaveSnapshotFailure? other) => other is not null && Equals(Metadata, other.Metadata) && Equals(Cause, other.Cause);

    public override bool Equals(object? obj) => Equals(obj as SaveSnapshotFailure);

    public override int GetHashCode() => HashCode.Combine(Metadata, Cause);

    public override string ToString() => $"SaveSnapshotFailure<metadata: {Metadata}, cause: {Cause}>";
}
