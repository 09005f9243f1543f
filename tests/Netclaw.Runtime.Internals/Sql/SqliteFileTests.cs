using Microsoft.Data.Sqlite;
using Netclaw.Runtime.Sql;
using Netclaw.Runtime.Sql.Sqlite;
using Netclaw.Runtime.Sql.Store;

namespace Netclaw.Runtime.Internals.Sql;

public sealed class SqliteFileTests : IDisposable
{
    private static readonly TimeSpan Busy = TimeSpan.FromMilliseconds(50);

    private readonly string _directory = Directory.CreateTempSubdirectory("ncsqlite").FullName;

    private string File => Path.Combine(_directory, "journal.db");

    [Fact]
    public void Connections_AreInWalModeAndSynchronousFull()
    {
        using var database = SqliteDatabase.Open(File, Busy);
        database.Execute("CREATE TABLE t (x)", "create");

        var synchronous = database.Statement("PRAGMA synchronous", "ask");
        Assert.True(synchronous.Step());
        Assert.Equal(2, synchronous.Long(0));
        synchronous.Reset();
        Assert.Equal([2, 2], System.IO.File.ReadAllBytes(File)[18..20]);
    }

    [Fact]
    public async Task Users_OfOnePath_ShareOneWriter()
    {
        using var first = new SqliteEventStore(SqliteFile.Open(File, Busy, SqliteTables.Journal));
        using var second = new SqliteEventStore(SqliteFile.Open(Path.Combine(_directory, ".", "journal.db"), Busy, SqliteTables.Journal));

        var writes = Enumerable.Range(0, 500).Select(i => (Store: i % 2 == 0 ? first : second, Write: PendingWrite.Of($"p{i}", 1, "e"))).ToList();
        foreach (var (store, write) in writes)
        {
            store.Write(write);
        }

        foreach (var (_, write) in writes)
        {
            Assert.Null(await write.Answer);
        }
    }

    [Fact]
    public async Task Stops_WhenAnotherProcessKeepsTheLock()
    {
        using var store = new SqliteEventStore(SqliteFile.Open(File, Busy, SqliteTables.Journal));
        using var foreign = new SqliteConnection($"Data Source={File};Pooling=False");
        foreign.Open();
        using (var begin = new SqliteCommand("BEGIN IMMEDIATE", foreign))
        {
            begin.ExecuteNonQuery();
        }

        var failure = Assert.IsType<FlushFailedException>(await store.WriteNow(PendingWrite.Of("p", 1, "e")));

        Assert.Contains("database is locked", failure.Message, StringComparison.Ordinal);
        Assert.NotNull(store.Stopped);
    }

    [Fact]
    public void Opening_SaysWhatIsWrong_WhenTheFileIsNoDatabase()
    {
        System.IO.File.WriteAllText(File, new string('x', 5000));

        var failure = Assert.Throws<SqliteFailure>(() => SqliteFile.Open(File, Busy, SqliteTables.Journal));

        Assert.Contains("not a database", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Library_IsTheSystemsOne_WhenThereIsOne()
    {
        var library = SqliteLibrary.Use();

        Assert.Equal(System.Runtime.InteropServices.NativeLibrary.TryLoad("libsqlite3.so.0", out _), library.IsSystem);
        Assert.True(Version.Parse(library.Version) >= new Version(3, 35));
        Assert.Same(library, SqliteLibrary.Use());
    }

    public void Dispose() => Directory.Delete(_directory, recursive: true);
}
