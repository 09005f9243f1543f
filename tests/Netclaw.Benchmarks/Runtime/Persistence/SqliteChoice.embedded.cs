namespace Netclaw.Benchmarks.Runtime.Persistence;

/// <summary>Which SQLite library the journal and the control share. With the embedded runtime: the one it prefers.</summary>
internal static class SqliteChoice
{
    public static string Use() => Netclaw.Runtime.Sql.SqliteLibrary.Use().ToString()!;
}
