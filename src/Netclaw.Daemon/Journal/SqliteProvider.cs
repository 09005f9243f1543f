using System.Runtime.InteropServices;
using SQLitePCL;

namespace Netclaw.Daemon.Journal;

/// <summary>
/// Which SQLite library this process uses: the system's, which gets security patches, else the bundled one. Chosen once, before anything
/// opens a database. What was chosen is left under <see cref="Choice"/> for parts of the process that would choose for themselves.
/// </summary>
public static class SqliteProvider
{
    /// <summary>Key in <see cref="AppContext"/>: <c>system</c> or <c>bundled</c>.</summary>
    public const string Choice = "Netclaw.SqliteLibrary";

    private const string SystemName = "libsqlite3.so.0";
    private const string BundledName = "e_sqlite3";
    private const int OldestUsable = 3_035_000;

    private static readonly Lock Gate = new();

    /// <returns>For the log: <c>SQLite 3.40.1 (system)</c>.</returns>
    public static string Use()
    {
        lock (Gate)
        {
            if (AppContext.GetData(Choice) is null)
            {
                var system = UsableSystemLibrary();
                if (system != IntPtr.Zero)
                {
                    NativeLibrary.SetDllImportResolver(
                        typeof(SQLite3Provider_e_sqlite3).Assembly, (name, _, _) => name == BundledName ? system : IntPtr.Zero);
                }

                raw.SetProvider(new SQLite3Provider_e_sqlite3());
                AppContext.SetData(Choice, system != IntPtr.Zero ? "system" : "bundled");
            }

            return $"SQLite {raw.sqlite3_libversion().utf8_to_string()} ({AppContext.GetData(Choice)})";
        }
    }

    /// <summary>Of the system's library, whether it is taken or not; null: there is none. Loading it a second time costs a count.</summary>
    /// <param name="usable">It is new enough and safe with threads.</param>
    public static unsafe string? SystemVersion(out bool usable)
    {
        usable = false;
        if (!NativeLibrary.TryLoad(SystemName, typeof(SqliteProvider).Assembly, DllImportSearchPath.SafeDirectories, out var library))
        {
            return null;
        }

        usable = Ask(library, "sqlite3_libversion_number") >= OldestUsable && Ask(library, "sqlite3_threadsafe") != 0;
        return NativeLibrary.TryGetExport(library, "sqlite3_libversion", out var address) ? Marshal.PtrToStringUTF8(((delegate* unmanaged[Cdecl]<nint>)address)()) : null;
    }

    private static IntPtr UsableSystemLibrary()
    {
        if (!NativeLibrary.TryLoad(SystemName, typeof(SqliteProvider).Assembly, DllImportSearchPath.SafeDirectories, out var library))
        {
            return IntPtr.Zero;
        }

        // A build without threads would corrupt memory: writer and readers run beside each other.
        if (Ask(library, "sqlite3_libversion_number") >= OldestUsable && Ask(library, "sqlite3_threadsafe") != 0)
        {
            return library;
        }

        NativeLibrary.Free(library);
        return IntPtr.Zero;
    }

    private static unsafe int Ask(IntPtr library, string export) =>
        NativeLibrary.TryGetExport(library, export, out var address) ? ((delegate* unmanaged[Cdecl]<int>)address)() : 0;
}
