using Netclaw.Crash.Vfs.Faults;

namespace Netclaw.Crash.Vfs.Sqlite;

/// <summary>What SQLite's own VFS answers when the kernel refuses a call (sqlite.org/rescode.html).</summary>
internal static class SqliteCodes
{
    private const int Full = 13;

    public static int Of(IoKind call, FaultKind fault) => (call, fault) switch
    {
        (IoKind.Open, _) => 14, // SQLITE_CANTOPEN
        (IoKind.Map, FaultKind.Full) => 4874, // SQLITE_IOERR_SHMSIZE
        (_, FaultKind.Full or FaultKind.ShortWrite) => Full,
        (IoKind.Read, _) => 266, // SQLITE_IOERR_READ
        (IoKind.Write, _) => 778, // SQLITE_IOERR_WRITE
        (IoKind.Truncate, _) => 1546, // SQLITE_IOERR_TRUNCATE
        (IoKind.Flush, _) => 1034, // SQLITE_IOERR_FSYNC
        (IoKind.FlushDirectory, _) => 1290, // SQLITE_IOERR_DIR_FSYNC
        (IoKind.Delete, _) => 2570, // SQLITE_IOERR_DELETE
        (IoKind.Map, _) => 5386, // SQLITE_IOERR_SHMMAP
        _ => 10, // SQLITE_IOERR
    };
}
