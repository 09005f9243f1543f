namespace Akka.Persistence.Hosting;

/// <summary>What a registration is for.</summary>
/// <remarks>Akka.NET documentation, "Akka.Hosting".</remarks>
public enum PersistenceMode
{
    /// <summary>Journal and snapshots.</summary>
    Both = 0,
    /// <summary>Events alone.</summary>
    Journal = 1,
    /// <summary>Snapshots alone.</summary>
    SnapshotStore = 2,
}
