using Netclaw.Runtime.Sql.Store;

namespace Netclaw.Runtime.Sql.Sqlite;

/// <summary>Deletes events up to a number; the row with the highest number stays, marked, to keep the numbering.</summary>
internal sealed class DeleteEvents(string persistenceId, long to) : TaskJob
{
    private const string Last = "(SELECT MAX(sequence_number) FROM journal WHERE persistence_id = ?1)";

    private static readonly string[] Steps =
    [
        "DELETE FROM tags WHERE persistence_id = ?1 AND sequence_nr <= ?2",
        $"DELETE FROM journal WHERE persistence_id = ?1 AND sequence_number <= ?2 AND sequence_number < {Last}",
        $"UPDATE journal SET deleted = 1 WHERE persistence_id = ?1 AND sequence_number <= ?2 AND sequence_number = {Last}",
    ];

    public override bool NeedsSavepoint => true;

    public override void Apply(SqliteDatabase database, IStoreFaults? faults)
    {
        foreach (var sql in Steps)
        {
            faults?.At(StoreCall.Delete);
            var statement = database.Statement(sql, "delete events");
            statement.Bind(1, persistenceId);
            statement.Bind(2, to);
            statement.Run();
        }
    }
}
