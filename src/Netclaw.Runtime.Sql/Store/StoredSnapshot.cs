namespace Netclaw.Runtime.Sql.Store;

/// <summary>One row of the snapshot table. <paramref name="Created"/> is UTC ticks (100 ns).</summary>
internal sealed record StoredSnapshot(
    string PersistenceId, long SequenceNr, long Created, byte[] Payload, int SerializerId, string Manifest);
