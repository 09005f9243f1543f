using System.Collections.Immutable;
using Netclaw.Daemon.Journal.Auditing;

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

    /// <returns>What is missing, in words. A file without any table is as a first start leaves it that was cut short; the next one makes them.</returns>
    /// <exception cref="JournalRowsException">The file cannot be read.</exception>
    public static ImmutableArray<string> Missing(SqliteView database, ImmutableArray<(string Table, ImmutableArray<string> Columns)> expected)
    {
        var missing = ImmutableArray.CreateBuilder<string>();
        foreach (var (table, columns) in expected)
        {
            var there = database.Rows($"SELECT name FROM pragma_table_info('{table}')", static row => SqliteView.Text(row, 0)).ToHashSet(StringComparer.Ordinal);
            missing.AddRange(there.Count == 0 ? [$"the table {table} is missing"] : columns.Where(column => !there.Contains(column)).Select(column => $"the column {table}.{column} is missing"));
        }

        return missing.ToImmutable();
    }
}
