using Netclaw.Daemon.Home;
using Netclaw.Daemon.Start;
using Netclaw.Protocol;
using SQLitePCL;

namespace Netclaw.Daemon.Journal;

/// <summary>
/// The journal's files before the actor system opens them: private, and in WAL mode, which stands in the file's header from then
/// on. A file that is no database is refused here, as it is.
/// </summary>
public static class SqliteFiles
{
    private const int HeaderBytes = 20;
    private const int WriteVersionAt = 18;
    private const byte Wal = 2;

    private static ReadOnlySpan<byte> Magic => "SQLite format 3\0"u8;

    /// <returns>False, with the problem added, when the file cannot serve as a journal.</returns>
    public static bool Prepare(string path, StartProblems problems)
    {
        try
        {
            using (var file = FileCalls.Current.OpenOrCreate(path))
            {
                var length = file.Length;
                if (length == 0)
                {
                    File.SetUnixFileMode(file.SafeFileHandle, UnixFileMode.UserRead | UnixFileMode.UserWrite);
                }
                else
                {
                    Span<byte> header = stackalloc byte[HeaderBytes];
                    var read = file.ReadAtLeast(header, HeaderBytes, throwOnEndOfStream: false);
                    if (!IsDatabase(header[..read]) && !WasCutShort(path, header[..read]))
                    {
                        return Refuse(path, "it is not a SQLite database", problems);
                    }

                    if (header[WriteVersionAt] == Wal)
                    {
                        return true;
                    }
                }
            }

            return SwitchToWal(path) is not { } failure || Refuse(path, failure, problems);
        }
        catch (IOException e) when (DiskTrouble.Is(e))
        {
            // It says nothing of what is in the file: nobody is sent to a backup for it.
            problems.Add(RefusalCode.HomeNotWritable, $"The journal {path} cannot be opened: {e.Message}", DiskTrouble.Remedy(e, Path.GetDirectoryName(path)!));
            return false;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Refuse(path, e.Message, problems);
        }
    }

    private static bool IsDatabase(ReadOnlySpan<byte> header) => header.Length == HeaderBytes && header.StartsWith(Magic);

    /// <summary>A power cut in the very first write leaves less than a header, and beside it the rollback journal by which SQLite takes it back.</summary>
    private static bool WasCutShort(string path, ReadOnlySpan<byte> header) =>
        header.Length < HeaderBytes && header.StartsWith(Magic[..Math.Min(header.Length, Magic.Length)]) && new FileInfo(path + "-journal") is { Exists: true, Length: > 0 };

    /// <returns>What SQLite says when it cannot.</returns>
    /// <exception cref="IOException">There is no room for it.</exception>
    private static string? SwitchToWal(string path)
    {
        SqliteProvider.Use();
        var opened = raw.sqlite3_open_v2(path, out var database, raw.SQLITE_OPEN_READWRITE, null);
        using (database)
        {
            if (opened == raw.SQLITE_OK && raw.sqlite3_exec(database, "PRAGMA journal_mode = WAL") == raw.SQLITE_OK)
            {
                return null;
            }

            var words = raw.sqlite3_errmsg(database).utf8_to_string();
            return raw.sqlite3_errcode(database) == raw.SQLITE_FULL ? throw DiskTrouble.Full(words + ".") : words;
        }
    }

    private static bool Refuse(string path, string why, StartProblems problems)
    {
        problems.Add(RefusalCode.JournalUnreadable, $"The journal {path} cannot be used: {why}. Nothing was changed. {JournalComparison.WayOut}");
        return false;
    }
}
