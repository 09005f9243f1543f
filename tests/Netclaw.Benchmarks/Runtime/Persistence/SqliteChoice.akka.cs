namespace Netclaw.Benchmarks.Runtime.Persistence;

/// <summary>Which SQLite library the journal and the control share. With the real packages: the bundled one.</summary>
internal static class SqliteChoice
{
    public static string Use()
    {
        SQLitePCL.Batteries_V2.Init();
        return $"SQLite {SQLitePCL.raw.sqlite3_libversion().utf8_to_string()} (bundled)";
    }
}
