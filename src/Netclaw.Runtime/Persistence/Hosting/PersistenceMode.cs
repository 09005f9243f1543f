namespace Akka.Persistence.Hosting;

/// <summary>What a registration is for.</summary>
public enum PersistenceMode
{
    Both = 0,
    Journal = 1,
    SnapshotStore = 2,
}
