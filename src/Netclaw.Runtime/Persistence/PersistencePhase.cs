namespace Akka.Persistence;

internal enum PersistencePhase
{
    Recovering,
    Processing,
    Persisting,

    /// <summary>A write or the recovery failed; the actor is being stopped and takes no command any more.</summary>
    Failed,
}
