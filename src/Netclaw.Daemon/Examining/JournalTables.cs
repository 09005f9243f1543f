using System.Collections.Immutable;

namespace Netclaw.Daemon.Examining;

/// <summary>The tables and columns that the journal's files have when the daemon makes them; more may be there, less may not.</summary>
internal static class JournalTables
{
    public static ImmutableArray<(string Table, ImmutableArray<string> Columns)> Journal { get; } =
    [
        ("journal", ["ordering", "created", "deleted", "persistence_id", "sequence_number", "message", "manifest", "identifier", "writer_uuid"]),
        ("tags", ["ordering_id", "tag", "sequence_nr", "persistence_id"]),
    ];

    public static ImmutableArray<(string Table, ImmutableArray<string> Columns)> Snapshots { get; } =
        [("snapshot", ["persistence_id", "sequence_number", "created", "snapshot", "manifest", "serializer_id"])];

    /// <returns>What is missing, in words; a file without any table is a journal that nothing was written to.</returns>
    public static ImmutableArray<string> Missing(SqliteLook database, ImmutableArray<(string Table, ImmutableArray<string> Columns)> expected)
    {
        if (database.Number("SELECT COUNT(*) FROM sqlite_schema") == 0)
        {
            return ["it has no tables at all"];
        }

        var missing = ImmutableArray.CreateBuilder<string>();
        foreach (var (table, columns) in expected)
        {
            var there = database.Rows($"SELECT name, cid FROM pragma_table_info('{table}')").Select(row => row.Text).ToHashSet(StringComparer.Ordinal);
            missing.AddRange(there.Count == 0 ? [$"the table {table} is missing"] : columns.Where(column => !there.Contains(column)).Select(column => $"the column {table}.{column} is missing"));
        }

        return missing.ToImmutable();
    }
}
