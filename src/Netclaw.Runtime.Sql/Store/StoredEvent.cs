namespace Netclaw.Runtime.Sql.Store;

/// <summary>One row of the journal table as it was read. <paramref name="Created"/> is UTC ticks (100 ns).</summary>
internal readonly record struct StoredEvent(
    long SequenceNr, long Created, byte[] Payload, int SerializerId, string Manifest, string WriterUuid);
