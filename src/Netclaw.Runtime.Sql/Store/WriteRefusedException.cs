namespace Netclaw.Runtime.Sql.Store;

/// <summary>One write broke the unique key (persistence id, sequence number): somebody else already stored that number.</summary>
internal sealed class WriteRefusedException(string database, EventWrite write, Exception inner)
    : Exception($"{database}: {write.PersistenceId} sequence {write.FirstSequenceNr} is already stored by another writer, so nothing of this write was. Stop the other process that uses this journal, then restart this one.", inner);
