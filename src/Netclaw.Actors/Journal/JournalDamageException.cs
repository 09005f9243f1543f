namespace Netclaw.Actors.Journal;

/// <summary>A record that cannot be trusted, named by its place. Nothing is ever skipped or guessed.</summary>
/// <param name="sequence">Of the first bad or missing record.</param>
public sealed class JournalDamageException(string persistenceId, long sequence, string what, Exception? cause = null)
    : Exception($"{persistenceId}, record {sequence}: {what}", cause)
{
    public string PersistenceId { get; } = persistenceId;

    public long Sequence { get; } = sequence;

    public string What { get; } = what;
}
