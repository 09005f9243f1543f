namespace Netclaw.Runtime.Sql.Store;

/// <summary>A snapshot table. A snapshot saved again under the same sequence number replaces the old one.</summary>
internal interface ISnapshotTable
{
    Task Save(StoredSnapshot snapshot);

    /// <summary>The snapshot with the highest sequence number in the range, or null.</summary>
    Task<StoredSnapshot?> Load(string persistenceId, SnapshotRange range, CancellationToken cancel);

    Task Delete(string persistenceId, SnapshotRange range);
}
