using System.Text;
using SQLitePCL;

namespace Netclaw.Runtime.Sql.Sqlite;

/// <summary>A prepared statement. Parameters are numbered from 1 and keep their values over <see cref="Reset"/>; columns from 0.</summary>
internal sealed class SqliteStatement(sqlite3 database, sqlite3_stmt statement, string purpose) : IDisposable
{
    private const int StackText = 256;

    public void Bind(int parameter, long value) => Check(raw.sqlite3_bind_int64(statement, parameter, value));

    public void Bind(int parameter, string value)
    {
        var longest = Encoding.UTF8.GetMaxByteCount(value.Length);
        Span<byte> utf8 = longest <= StackText ? stackalloc byte[StackText] : new byte[longest];
        var length = Encoding.UTF8.GetBytes(value, utf8);
        Check(length == 0
            ? raw.sqlite3_bind_text(statement, parameter, string.Empty)
            : raw.sqlite3_bind_text(statement, parameter, utf8[..length]));
    }

    public void Bind(int parameter, ReadOnlySpan<byte> value) => Check(value.IsEmpty
        ? raw.sqlite3_bind_zeroblob(statement, parameter, 0)
        : raw.sqlite3_bind_blob(statement, parameter, value));

    /// <summary>True when there is a row to read, false when the statement is done.</summary>
    public bool Step()
    {
        var code = raw.sqlite3_step(statement);
        return code switch
        {
            raw.SQLITE_ROW => true,
            raw.SQLITE_DONE => false,
            _ => throw Failed(),
        };
    }

    /// <summary>Runs a statement that returns no row, ready for the next values.</summary>
    public void Run()
    {
        try
        {
            Step();
        }
        finally
        {
            Reset();
        }
    }

    public long Long(int column) => raw.sqlite3_column_int64(statement, column);

    public bool IsNull(int column) => raw.sqlite3_column_type(statement, column) == raw.SQLITE_NULL;

    /// <summary>Valid until the next <see cref="Step"/> or <see cref="Reset"/>.</summary>
    public ReadOnlySpan<byte> Bytes(int column) => raw.sqlite3_column_blob(statement, column);

    /// <summary>Reads text; returns <paramref name="previous"/> itself when it is the same, because rows tend to repeat it.</summary>
    public string Text(int column, ref RepeatedText previous) => previous.Or(raw.sqlite3_column_blob(statement, column));

    // The code of a reset is the one of the failed step before it, which has been thrown already.
    public void Reset() => _ = raw.sqlite3_reset(statement);

    public void Dispose() => statement.Dispose();

    private void Check(int code)
    {
        if (code != raw.SQLITE_OK)
        {
            throw Failed();
        }
    }

    private SqliteFailure Failed() =>
        new(raw.sqlite3_extended_errcode(database), purpose, raw.sqlite3_errmsg(database).utf8_to_string());
}
