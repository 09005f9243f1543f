namespace Akka.Persistence;

/// <summary>Answers DeleteSnapshot: the snapshot may still be there.</summary>
/// <remarks>Akka.NET documentation, "Persistence: Snapshots".</remarks>
public sealed class DeleteSnapshotFailure(SnapshotMetadata metadata, Exception cause)
{
    /// <summary>Of which snapshot: persistence id, sequence number, time.</summary>
    public SnapshotMetadata Metadata { get; } = metadata;

    /// <summary>Why it failed.</summary>
    public Exception Cause { get; } = cause;

    /// <inheritdoc/>
    public bool Equals(DeleteSnapshotFailure? other) => other is not null && Equals(Metadata, other.Metadata) && Equals(Cause, other.Cause);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as DeleteSnapshotFailure);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Metadata, Cause);

    /// <inheritdoc/>
    public override string ToString() => $"DeleteSnapshotFailure<metadata: {Metadata}, cause: {Cause}>";
}
