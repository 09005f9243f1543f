using System.Reflection;
using System.Runtime.InteropServices;
using SQLitePCL;

namespace Netclaw.Runtime.Sql;

/// <summary>
/// Which SQLite library this process uses. The system's own is preferred, because it gets security patches; the bundled one is
/// the fallback. Takes effect once per process, before the first connection.
/// </summary>
/// <remarks>Akka.NET documentation, "Akka.Persistence.Sql".</remarks>
public sealed class SqliteLibrary
{
    /// <summary>Key in <see cref="AppContext"/> under which a host says which library it took: <c>system</c> or <c>bundled</c>.</summary>
    private const string HostChoice = "Netclaw.SqliteLibrary";

    private const string SystemName = "libsqlite3.so.0";
    private const string BundledName = "e_sqlite3";
    private const int OldestUsable = 3_035_000;

    private static readonly Lazy<SqliteLibrary> Chosen = new(Choose);

    private SqliteLibrary(bool isSystem, string version)
    {
        IsSystem = isSystem;
        Version = version;
    }

    /// <summary>True for the system's library, false for the bundled one.</summary>
    public bool IsSystem { get; }

    /// <summary>SQLite's version, such as <c>3.40.1</c>.</summary>
    public string Version { get; }

    /// <summary>Picks the library on the first call and says each time which one was taken.</summary>
    /// <exception cref="DllNotFoundException">neither library can be loaded.</exception>
    public static SqliteLibrary Use() => Chosen.Value;

    /// <inheritdoc/>
    public override string ToString() =>
        IsSystem ? $"SQLite {Version} (system {SystemName})" : $"SQLite {Version} (bundled)";

    private static SqliteLibrary Choose()
    {
        // A host that prepares its files before the actor system starts has chosen already; a second resolver would be refused.
        if (AppContext.GetData(HostChoice) is string choice)
        {
            return new SqliteLibrary(choice == "system", raw.sqlite3_libversion().utf8_to_string());
        }

        var system = LoadUsableSystemLibrary();
        if (system != IntPtr.Zero)
        {
            NativeLibrary.SetDllImportResolver(
                typeof(SQLite3Provider_e_sqlite3).Assembly,
                (name, _, _) => name == BundledName ? system : IntPtr.Zero);
        }

        raw.SetProvider(new SQLite3Provider_e_sqlite3());
        return new SqliteLibrary(system != IntPtr.Zero, raw.sqlite3_libversion().utf8_to_string());
    }

    private static IntPtr LoadUsableSystemLibrary()
    {
        if (!NativeLibrary.TryLoad(SystemName, Assembly.GetExecutingAssembly(), DllImportSearchPath.SafeDirectories, out var library))
        {
            return IntPtr.Zero;
        }

        // A build without threads would corrupt memory here: writer and readers run beside each other.
        if (Ask(library, "sqlite3_libversion_number") >= OldestUsable && Ask(library, "sqlite3_threadsafe") != 0)
        {
            return library;
        }

        NativeLibrary.Free(library);
        return IntPtr.Zero;
    }

    private static int Ask(IntPtr library, string export) =>
        NativeLibrary.TryGetExport(library, export, out var address)
            ? Marshal.GetDelegateForFunctionPointer<IntQuestion>(address)()
            : 0;

    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    private delegate int IntQuestion();
}
