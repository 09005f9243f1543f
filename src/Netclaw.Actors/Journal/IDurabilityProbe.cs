namespace Netclaw.Actors.Journal;

/// <summary>
/// Called after a write is durable and before anybody is told: the one moment at which a crash must neither lose nor invent
/// anything. The product does nothing here; a crash test ends the process.
/// </summary>
public interface IDurabilityProbe
{
    /// <param name="lastSequence">Of the last record in the write.</param>
    void Persisted(string persistenceId, long lastSequence);
}

/// <summary>The product's probe.</summary>
public sealed class NoDurabilityProbe : IDurabilityProbe
{
    public void Persisted(string persistenceId, long lastSequence)
    {
    }
}
