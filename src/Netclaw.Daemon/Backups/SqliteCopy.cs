using Netclaw.Daemon.Home;
using Netclaw.Daemon.Journal;
using Netclaw.Daemon.Journal.Auditing;
using SQLitePCL;

namespace Netclaw.Daemon.Backups;

/// <summary>
/// A database file as one moment has it, by SQLite's online backup (sqlite.org/backup.html): beside a daemon that writes, without holding it up, and without keeping
/// its WAL from being taken over for as long as an archive is being written. The copy is whole and nobody else's.
/// </summary>
internal static class SqliteCopy
{
    private const int BusyMs = 5000;
    private const int All = -1;
    private const int PrimaryCode = 0xff;

    /// <param name="to">An empty file of mode 0600, or none.</param>
    /// <exception cref="JournalRowsException">What is to be copied cannot be read; in SQLite's words.</exception>
    /// <exception cref="IOException">The copy cannot be written.</exception>
    public static void Make(string from, string to)
    {
        SqliteProvider.Use();
        using var source = Open(from, raw.SQLITE_OPEN_READONLY);
        using var target = Open(to, raw.SQLITE_OPEN_READWRITE | raw.SQLITE_OPEN_CREATE);
        _ = raw.sqlite3_busy_timeout(source, BusyMs);

        // Read once and deleted: nobody waits for it to be on the disk, and nobody takes a half of it back.
        _ = raw.sqlite3_exec(target, "PRAGMA synchronous = OFF; PRAGMA journal_mode = OFF");
        using var backup = raw.sqlite3_backup_init(target, "main", source, "main");
        if (backup.IsInvalid)
        {
            throw new IOException(Words(target, to) + ".");
        }

        // All pages in one step: one reader's moment. In WAL mode a reader holds up no writer.
        var code = raw.sqlite3_backup_step(backup, All);
        if (code != raw.SQLITE_DONE)
        {
            var why = raw.sqlite3_errstr(code).utf8_to_string();
            throw code == raw.SQLITE_FULL ? DiskTrouble.Full($"{to} could not be written: {why}.") : IsOfWriting(code) ? new IOException($"{to} could not be written: {why}.") : new JournalRowsException($"{from} could not be copied: {why}");
        }
    }

    /// <summary>Only the copy is written; of what is copied no more than a read can fail.</summary>
    private static bool IsOfWriting(int code) => code is raw.SQLITE_FULL or raw.SQLITE_CANTOPEN
        || ((code & PrimaryCode) == raw.SQLITE_IOERR && code is not (raw.SQLITE_IOERR or raw.SQLITE_IOERR_READ or raw.SQLITE_IOERR_SHORT_READ));

    private static sqlite3 Open(string path, int flags)
    {
        var code = raw.sqlite3_open_v2(path, out var database, flags | raw.SQLITE_OPEN_NOMUTEX, null);
        if (code == raw.SQLITE_OK)
        {
            return database;
        }

        using (database)
        {
            throw (flags & raw.SQLITE_OPEN_CREATE) != 0 ? new IOException(Words(database, path) + ".") : new JournalRowsException(Words(database, path));
        }
    }

    private static string Words(sqlite3 database, string path) => $"{path}: {raw.sqlite3_errmsg(database).utf8_to_string()}";
}
