using System.Diagnostics.CodeAnalysis;
using Microsoft.Data.Sqlite;
using Netclaw.Runtime.Sql.Sqlite;
using Netclaw.Runtime.Sql.Store;

namespace Netclaw.Runtime.Internals.Sql;

/// <summary>Databases that this runtime did not write: the tables are Akka.Persistence.Sql's, and stay so.</summary>
public sealed class GoldenDatabaseTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("ncgolden").FullName;

    [Fact]
    public async Task Reads_AJournalItDidNotWrite_AndGoesOnInIt()
    {
        using var store = new SqliteEventStore(SqliteFile.Open(Copy("journal.db"), TimeSpan.FromSeconds(1), tables: null));

        var rows = await store.ReadAll("registry");
        Assert.Equal(
            [(1L, 638000000000000001, 4207, "code-created", "w-1"), (2, 638000000000000002, 4, "", "w-1"), (3, 638000000000000003, 4207, "gerät-🦞", "w-2")],
            rows.Select(row => (row.SequenceNr, row.Created, row.SerializerId, row.Manifest, row.WriterUuid)));
        Assert.Equal(["0102", "", "FF00FF"], rows.Select(row => Convert.ToHexString(row.Payload)));
        Assert.Empty(await store.ReadAll("gone"));
        Assert.Equal(7, await store.HighestSequenceNr("gone", CancellationToken.None));
        Assert.Equal(("", ""), (await store.ReadAll("legacy")).Select(row => (row.Manifest, row.WriterUuid)).Single());

        Assert.Null(await store.WriteNow(PendingWrite.Of("registry", 4, "next")));
        Assert.Equal(4, await store.HighestSequenceNr("registry", CancellationToken.None));
    }

    [Fact]
    public async Task Reads_SnapshotsItDidNotWrite()
    {
        using var table = new SqliteSnapshotTable(SqliteFile.Open(Copy("snapshot.db"), TimeSpan.FromSeconds(1), tables: null));

        var found = await table.Load("registry", new SnapshotRange(0, long.MaxValue, 0, long.MaxValue), CancellationToken.None);

        Assert.Equal((3, 638000000000000200, 4207, "state-2"), (found!.SequenceNr, found.Created, found.SerializerId, found.Manifest));
        Assert.Equal("BBCC", Convert.ToHexString(found.Payload));
    }

    [Fact]
    public void Creates_TheSameColumnsAndIndexes()
    {
        var made = Path.Combine(_directory, "made.db");
        SqliteFile.Open(made, TimeSpan.FromSeconds(1), SqliteTables.Journal + SqliteTables.Snapshot).Dispose();

        foreach (var (table, golden) in new[] { ("journal", "journal.db"), ("tags", "journal.db"), ("snapshot", "snapshot.db") })
        {
            Assert.Equal(Shape(Copy(golden), table), Shape(made, table));
        }
    }

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    private string Copy(string name)
    {
        var copy = Path.Combine(_directory, name);
        File.Copy(Path.Combine(AppContext.BaseDirectory, "Sql", "Golden", name), copy, overwrite: true);
        return copy;
    }

    private static string[] Shape(string path, string table)
    {
        using var connection = new SqliteConnection($"Data Source={path};Pooling=False");
        connection.Open();
        return
        [
            .. Rows(connection, "SELECT name || ' notnull ' || \"notnull\" || ' pk ' || pk FROM pragma_table_info($table) ORDER BY cid", table),
            .. Rows(connection, "SELECT l.\"unique\" || ' ' || group_concat(i.name) FROM pragma_index_list($table) l, pragma_index_info(l.name) i GROUP BY l.name ORDER BY 1", table),
        ];
    }

    [SuppressMessage("Security", "CA2100", Justification = "The test's own words.")]
    private static List<string> Rows(SqliteConnection connection, string sql, string table)
    {
        using var command = new SqliteCommand(sql, connection);
        command.Parameters.AddWithValue("$table", table);
        using var reader = command.ExecuteReader();
        var rows = new List<string>();
        while (reader.Read())
        {
            rows.Add(reader.GetString(0));
        }

        return rows;
    }
}
