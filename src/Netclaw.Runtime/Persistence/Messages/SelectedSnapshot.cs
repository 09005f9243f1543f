namespace Akka.Persistence;

/// <summary>A snapshot that a store found.</summary>
/// <remarks>Akka.NET documentation, "Persistence: Snapshots".</remarks>
public sealed class SelectedSnapshot(SnapshotMetadata metadata, object snapshot)
{
    /// <summary>Of which snapshot: persistence id, sequence number, time.</summary>
    public SnapshotMetadata Metadata { get; } = metadata;

    /// <summary>The state as it was saved.</summary>
    public object Snapshot { get; } = snapshot;
}
