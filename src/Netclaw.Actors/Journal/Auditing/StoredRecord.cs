namespace Netclaw.Actors.Journal.Auditing;

/// <summary>A row of the journal's table, every field of it.</summary>
/// <param name="Ordering">The table's own key. Nothing reads it and the envelope does not cover it.</param>
/// <param name="Deleted">Never set by Netclaw: a record that is flagged is not read by a recovery.</param>
/// <param name="Message">As <see cref="NetclawSerializer"/> stored it.</param>
/// <param name="Identifier">Of the serializer.</param>
/// <param name="Created">UTC ticks. Nothing reads it and the envelope does not cover it.</param>
/// <param name="WriterUuid">Of the actor's incarnation. Nothing reads it and the envelope does not cover it.</param>
public sealed record StoredRecord(
    long Ordering, string PersistenceId, long Sequence, bool Deleted, ReadOnlyMemory<byte> Message, string Manifest, long Identifier, long Created, string WriterUuid);

/// <summary>A row of the snapshots' table.</summary>
/// <param name="Created">UTC ticks. Only orders snapshots of one sequence; the envelope does not cover it.</param>
public sealed record StoredSnapshotRecord(string PersistenceId, long Sequence, long Created, ReadOnlyMemory<byte> Snapshot, string Manifest, long Identifier);

/// <summary>A row of the tags' table. Netclaw tags nothing.</summary>
public sealed record StoredTag(long Ordering, string Tag, string PersistenceId, long Sequence);
