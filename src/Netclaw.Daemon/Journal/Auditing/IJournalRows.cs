using Netclaw.Actors.Journal.Auditing;

namespace Netclaw.Daemon.Journal.Auditing;

/// <summary>A journal's rows, as one moment has them: nothing is written, nothing is locked for longer than reading needs. For one thread.</summary>
internal interface IJournalRows : IDisposable
{
    /// <summary>What could not be looked at, or not in the usual way; for people.</summary>
    IReadOnlyList<string> Notes { get; }

    /// <summary>The highest sequence stored, whatever its row is worth; 0 for none.</summary>
    /// <exception cref="JournalRowsException"/>
    long Last(string persistenceId);

    /// <exception cref="JournalRowsException"/>
    StoredRecord? Record(string persistenceId, long sequence);

    /// <summary>What one persistence id has stored behind a sequence, in order, flagged as deleted or not.</summary>
    /// <exception cref="JournalRowsException"/>
    IEnumerable<StoredRecord> RecordsAfter(string persistenceId, long sequence);

    /// <summary>The newest snapshot of each persistence id; of its bytes only the first <paramref name="most"/>.</summary>
    /// <exception cref="JournalRowsException"/>
    IReadOnlyList<StoredSnapshotRecord> NewestSnapshots(int most);

    /// <exception cref="JournalRowsException"/>
    IEnumerable<StoredSnapshotRecord> Snapshots();

    /// <summary>By persistence id and sequence, as a recovery finds them.</summary>
    /// <exception cref="JournalRowsException"/>
    IEnumerable<StoredRecord> Records();

    /// <exception cref="JournalRowsException"/>
    IEnumerable<StoredTag> Tags();

    /// <summary>What the database finds wrong with itself; null: nothing.</summary>
    /// <exception cref="JournalRowsException"/>
    string? CheckItself();
}

/// <summary>The database could not be read; the message says in its own words why.</summary>
internal sealed class JournalRowsException(string message, Exception? cause = null) : Exception(message, cause)
{
    /// <summary>The server does not answer, which says nothing of what it holds.</summary>
    public bool IsAway { get; init; }
}
