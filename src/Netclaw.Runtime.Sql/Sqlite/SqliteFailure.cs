using SQLitePCL;

namespace Netclaw.Runtime.Sql.Sqlite;

/// <summary>SQLite refused a call. <see cref="Code"/> is the extended result code (sqlite.org/rescode.html).</summary>
internal sealed class SqliteFailure(int code, string what, string message)
    : Exception($"SQLite could not {what}: {message} (result code {code}).")
{
    public int Code { get; } = code;

    /// <summary>Only this statement failed; the transaction is intact.</summary>
    public bool IsUniqueViolation => Code is raw.SQLITE_CONSTRAINT_UNIQUE or raw.SQLITE_CONSTRAINT_PRIMARYKEY;
}
