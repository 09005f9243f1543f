using Akka.Hosting;

namespace Akka.Persistence.Hosting;

/// <summary>What may be added to a journal while it is registered.</summary>
public sealed class AkkaPersistenceJournalBuilder
{
    public AkkaPersistenceJournalBuilder(string journalId, AkkaConfigurationBuilder builder)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(journalId);
    }
}
