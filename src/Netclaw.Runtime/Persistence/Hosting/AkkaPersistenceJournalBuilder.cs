using Akka.Hosting;

namespace Akka.Persistence.Hosting;

/// <summary>What may be added to a journal while it is registered.</summary>
/// <remarks>Akka.NET documentation, "Akka.Hosting".</remarks>
public sealed class AkkaPersistenceJournalBuilder
{
    /// <summary>For the journal of that id.</summary>
    public AkkaPersistenceJournalBuilder(string journalId, AkkaConfigurationBuilder builder)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(journalId);
    }
}
