using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Netclaw.Crash.Vfs.Faults;
using Netclaw.Crash.Vfs.Recording;
using Netclaw.Daemon.Journal;
using SQLitePCL;

namespace Netclaw.Crash.Vfs.Sqlite;

/// <summary>
/// A SQLite VFS around the system's own, registered as the default one (<c>sqlite3_vfs_register</c>): the product's unchanged code opens its databases through
/// it. Everything is handed on, the shared memory of WAL included; on files of an <see cref="IoScope"/> changes are recorded and calls fail as planned.
/// </summary>
public static unsafe class SqliteShim
{
    private const int Ok = 0;
    private const int OpenCreate = 0x4;
    private const int OpensJournal = 0x800 | 0x4000 | 0x80000; // main, super, WAL: the system's VFS flushes the directory with their first flush

    private static readonly Lock Gate = new();
    private static bool _installed;

    internal static NativeVfs* System { get; private set; }

    /// <summary>Once per process, on the library that the product has chosen; before or after databases were opened.</summary>
    public static void Install()
    {
        lock (Gate)
        {
            if (_installed)
            {
                return;
            }

            SqliteProvider.Use();
            var library = AppContext.GetData(SqliteProvider.Choice) as string == "system"
                ? NativeLibrary.Load("libsqlite3.so.0")
                : NativeLibrary.Load("e_sqlite3", typeof(SQLite3Provider_e_sqlite3).Assembly, null);
            System = ((delegate* unmanaged[Cdecl]<byte*, NativeVfs*>)NativeLibrary.GetExport(library, "sqlite3_vfs_find"))(null);
            var shim = (NativeVfs*)NativeMemory.AllocZeroed((nuint)sizeof(NativeVfs));
            *shim = *System;
            shim->Next = null;
            shim->Name = Utf8("netclaw-shim");
            shim->FileSize = sizeof(ShimFile) + System->FileSize;
            shim->Open = &Open;
            shim->Delete = &Delete;
            var result = ((delegate* unmanaged[Cdecl]<NativeVfs*, int, int>)NativeLibrary.GetExport(library, "sqlite3_vfs_register"))(shim, 1);
            _installed = result == Ok ? true : throw new InvalidOperationException($"sqlite3_vfs_register: {result}");
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Open(NativeVfs* vfs, byte* name, NativeFile* file, int flags, int* outFlags)
    {
        var shim = (ShimFile*)file;
        shim->Methods = null;
        var path = name is null ? null : Marshal.PtrToStringUTF8((nint)name)!;
        if (path is null || IoScope.Of(path) is not { } scope)
        {
            return Opened(shim, null, null, false, System->Open(System, name, ShimFile.Inner(file), flags, outFlags));
        }

        return scope.Call(IoKind.Open, path, (fault, log) =>
        {
            if (fault is { } failed)
            {
                return SqliteCodes.Of(IoKind.Open, failed);
            }

            var isNew = (flags & OpenCreate) != 0 && !File.Exists(path);
            var result = Opened(shim, scope, path, (flags & OpenCreate) != 0 && (flags & OpensJournal) != 0, System->Open(System, name, ShimFile.Inner(file), flags, outFlags));
            if (result == Ok && isNew)
            {
                log.Add(new IoEvent.Created(path));
            }

            return result;
        });
    }

    private static int Opened(ShimFile* shim, IoScope? scope, string? path, bool flushesDirectory, int result)
    {
        if (ShimFile.Inner((NativeFile*)shim)->Methods is not null)
        {
            shim->Watched = scope is null ? 0 : GCHandle.ToIntPtr(GCHandle.Alloc(new WatchedFile(scope, path!) { FlushesDirectory = flushesDirectory }));
            shim->Methods = ShimMethods.Table;
        }

        return result;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Delete(NativeVfs* vfs, byte* name, int flushDirectory)
    {
        var path = Marshal.PtrToStringUTF8((nint)name)!;
        if (IoScope.Of(path) is not { } scope)
        {
            return System->Delete(System, name, flushDirectory);
        }

        return scope.Call(IoKind.Delete, path, (fault, log) =>
        {
            if (fault is { } failed)
            {
                return SqliteCodes.Of(IoKind.Delete, failed);
            }

            var result = System->Delete(System, name, flushDirectory);
            if (result == Ok)
            {
                log.Add(new IoEvent.Deleted(path));
                if (flushDirectory != 0)
                {
                    log.Add(new IoEvent.DirectoryFlushed(Path.GetDirectoryName(path)!));
                }
            }

            return result;
        });
    }

    private static byte* Utf8(string text) => (byte*)Marshal.StringToCoTaskMemUTF8(text);
}
