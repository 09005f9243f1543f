using System.Diagnostics;
using SQLitePCL;

namespace Netclaw.Benchmarks.Runtime.Persistence;

/// <summary>The control: prepared statements on a file with the journal's own schema, WAL, synchronous FULL, the same row.</summary>
internal sealed class RawSqlite : IDisposable
{
    private const string Insert =
        "INSERT INTO journal (created, deleted, persistence_id, sequence_number, message, manifest, identifier, writer_uuid) VALUES (?1, 0, ?2, ?3, ?4, ?5, ?6, ?7)";

    private readonly sqlite3 _database;
    private readonly sqlite3_stmt _begin;
    private readonly sqlite3_stmt _insert;
    private readonly sqlite3_stmt _commit;
    private long _sequenceNr;

    public RawSqlite(string path, string journal)
    {
        Check(raw.sqlite3_open(path, out _database));
        Check(raw.sqlite3_exec(_database, "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA wal_autocheckpoint=4000; PRAGMA cache_size=-16000"));
        foreach (var statement in SchemaOf(journal))
        {
            Check(raw.sqlite3_exec(_database, statement));
        }

        _begin = Prepare("BEGIN IMMEDIATE");
        _insert = Prepare(Insert);
        _commit = Prepare("COMMIT");
    }

    public double RowsPerSecond(int transactions, int rows)
    {
        var watch = Stopwatch.StartNew();
        for (var i = 0; i < transactions; i++)
        {
            Step(_begin);
            for (var row = 0; row < rows; row++)
            {
                InsertOne();
            }

            Step(_commit);
        }

        return (double)transactions * rows / watch.Elapsed.TotalSeconds;
    }

    public void Dispose()
    {
        _begin.Dispose();
        _insert.Dispose();
        _commit.Dispose();
        _database.Dispose();
    }

    private static List<string> SchemaOf(string journal)
    {
        var statements = new List<string>();
        _ = raw.sqlite3_open(journal, out var source);
        using (source)
        {
            _ = raw.sqlite3_prepare_v2(source, "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%' ORDER BY rowid", out var query);
            using (query)
            {
                while (raw.sqlite3_step(query) == raw.SQLITE_ROW)
                {
                    statements.Add(raw.sqlite3_column_text(query, 0).utf8_to_string());
                }
            }
        }

        return statements;
    }

    private void InsertOne()
    {
        raw.sqlite3_bind_int64(_insert, 1, 638_000_000_000_000_000);
        raw.sqlite3_bind_text(_insert, 2, "raw-control-0");
        raw.sqlite3_bind_int64(_insert, 3, ++_sequenceNr);
        raw.sqlite3_bind_blob(_insert, 4, Fact.Of200Bytes.Bytes);
        raw.sqlite3_bind_text(_insert, 5, "fact");
        raw.sqlite3_bind_int64(_insert, 6, 4301);
        raw.sqlite3_bind_text(_insert, 7, "00000000-0000-0000-0000-000000000000");
        Step(_insert);
    }

    private void Step(sqlite3_stmt statement)
    {
        if (raw.sqlite3_step(statement) != raw.SQLITE_DONE)
        {
            throw new InvalidOperationException(raw.sqlite3_errmsg(_database).utf8_to_string());
        }

        _ = raw.sqlite3_reset(statement);
    }

    private sqlite3_stmt Prepare(string sql)
    {
        Check(raw.sqlite3_prepare_v2(_database, sql, out var statement));
        return statement;
    }

    private void Check(int code)
    {
        if (code != raw.SQLITE_OK)
        {
            throw new InvalidOperationException(raw.sqlite3_errmsg(_database).utf8_to_string());
        }
    }
}
