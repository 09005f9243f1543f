namespace Akka.Persistence;

/// <summary>Answers SaveSnapshot: there is no such snapshot, or its fate is unknown.</summary>
/// <remarks>Akka.NET documentation, "Persistence: Snapshots".</remarks>
public sealed class SaveSnapshotFailure(SnapshotMetadata metadata, Exception cause)
{
    /// <summary>Of which snapshot: persistence id, sequence number, time.</summary>
    public SnapshotMetadata Metadata { get; } = metadata;

    /// <summary>Why it failed.</summary>
    public Exception Cause { get; } = cause;

    /// <inheritdoc/>
    public bool Equals(SaveSnapshotFailure? other) => other is not null && Equals(Metadata, other.Metadata) && Equals(Cause, other.Cause);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as SaveSnapshotFailure);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Metadata, Cause);

    /// <inheritdoc/>
    public override string ToString() => $"SaveSnapshotFailure<metadata: {Metadata}, cause: {Cause}>";
}
