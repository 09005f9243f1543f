namespace Akka.Persistence;

/// <summary>Under which name an actor's events are stored, and where.</summary>
/// <remarks>Akka.NET documentation, "Persistence: Event Sourcing".</remarks>
public interface IPersistentIdentity
{
    /// <summary>Unique among the journal's actors, the same for every life of the actor.</summary>
    string PersistenceId { get; }

    /// <summary>Path of the journal plugin; null or empty for the default one.</summary>
    string? JournalPluginId { get; }

    /// <summary>Path of the snapshot store plugin; null or empty for the default one.</summary>
    string? SnapshotPluginId { get; }
}
