using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Netclaw.Crash.Vfs.Faults;
using Netclaw.Crash.Vfs.Recording;
using static Netclaw.Crash.Vfs.Sqlite.ShimFile;

namespace Netclaw.Crash.Vfs.Sqlite;

/// <summary>The calls on an open file. Each goes to the system's; the changing ones by way of the scope.</summary>
internal static unsafe class ShimMethods
{
    private const int Ok = 0;

    public static NativeMethods* Table { get; } = Make();

    private static NativeMethods* Make()
    {
        var table = (NativeMethods*)NativeMemory.AllocZeroed((nuint)sizeof(NativeMethods));
        *table = new NativeMethods
        {
            Version = 3, Close = &Close, Read = &Read, Write = &Write, Truncate = &Truncate, Sync = &Sync, FileSize = &FileSize, Lock = &Lock, Unlock = &Unlock,
            CheckReservedLock = &CheckReservedLock, FileControl = &FileControl, SectorSize = &SectorSize, DeviceCharacteristics = &DeviceCharacteristics,
            ShmMap = &ShmMap, ShmLock = &ShmLock, ShmBarrier = &ShmBarrier, ShmUnmap = &ShmUnmap, Fetch = &Fetch, Unfetch = &Unfetch,
        };
        return table;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Close(NativeFile* file)
    {
        var shim = (ShimFile*)file;
        var result = Inner(file)->Methods->Close(Inner(file));
        if (shim->Watched != 0)
        {
            GCHandle.FromIntPtr(shim->Watched).Free();
            shim->Watched = 0;
        }

        shim->Methods = null;
        return result;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Read(NativeFile* file, void* buffer, int count, long offset) => WatchedOf(file) is not { } watched
        ? Inner(file)->Methods->Read(Inner(file), buffer, count, offset)
        : watched.Scope.Call(IoKind.Read, watched.Path, (fault, _) => fault is { } failed
            ? SqliteCodes.Of(IoKind.Read, failed)
            : Inner(file)->Methods->Read(Inner(file), buffer, count, offset));

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Write(NativeFile* file, void* buffer, int count, long offset)
    {
        if (WatchedOf(file) is not { } watched)
        {
            return Inner(file)->Methods->Write(Inner(file), buffer, count, offset);
        }

        return watched.Scope.Call(IoKind.Write, watched.Path, (fault, log) =>
        {
            var length = fault switch { null => count, FaultKind.ShortWrite => count / 2, _ => 0 };
            var result = length == 0 ? Ok : Inner(file)->Methods->Write(Inner(file), buffer, length, offset);
            if (result == Ok && length > 0)
            {
                log.Add(new IoEvent.Wrote(watched.Path, offset, new ReadOnlySpan<byte>(buffer, length).ToArray()));
            }

            return fault is { } failed ? SqliteCodes.Of(IoKind.Write, failed) : result;
        });
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Truncate(NativeFile* file, long length) => WatchedOf(file) is not { } watched
        ? Inner(file)->Methods->Truncate(Inner(file), length)
        : watched.Scope.Call(IoKind.Truncate, watched.Path, (fault, log) => fault is { } failed
            ? SqliteCodes.Of(IoKind.Truncate, failed)
            : Noted(log, Inner(file)->Methods->Truncate(Inner(file), length), new IoEvent.Truncated(watched.Path, length)));

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Sync(NativeFile* file, int flags) => WatchedOf(file) is not { } watched
        ? Inner(file)->Methods->Sync(Inner(file), flags)
        : watched.Scope.Call(IoKind.Flush, watched.Path, (fault, log) =>
        {
            if (fault is { } failed)
            {
                return SqliteCodes.Of(IoKind.Flush, failed);
            }

            var result = Noted(log, Inner(file)->Methods->Sync(Inner(file), flags), new IoEvent.Flushed(watched.Path));
            if (result == Ok && watched.FlushesDirectory)
            {
                watched.FlushesDirectory = false;
                log.Add(new IoEvent.DirectoryFlushed(Path.GetDirectoryName(watched.Path)!));
            }

            return result;
        });

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int ShmMap(NativeFile* file, int region, int size, int extend, void** mapped) => WatchedOf(file) is not { } watched
        ? Inner(file)->Methods->ShmMap(Inner(file), region, size, extend, mapped)
        : watched.Scope.Call(IoKind.Map, watched.Path, (fault, _) => fault is { } failed
            ? SqliteCodes.Of(IoKind.Map, failed)
            : Inner(file)->Methods->ShmMap(Inner(file), region, size, extend, mapped));

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int FileSize(NativeFile* file, long* size) => Inner(file)->Methods->FileSize(Inner(file), size);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Lock(NativeFile* file, int level) => Inner(file)->Methods->Lock(Inner(file), level);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Unlock(NativeFile* file, int level) => Inner(file)->Methods->Unlock(Inner(file), level);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int CheckReservedLock(NativeFile* file, int* result) => Inner(file)->Methods->CheckReservedLock(Inner(file), result);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int FileControl(NativeFile* file, int operation, void* argument) => Inner(file)->Methods->FileControl(Inner(file), operation, argument);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int SectorSize(NativeFile* file) => Inner(file)->Methods->SectorSize(Inner(file));

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int DeviceCharacteristics(NativeFile* file) => Inner(file)->Methods->DeviceCharacteristics(Inner(file));

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int ShmLock(NativeFile* file, int offset, int count, int flags) => Inner(file)->Methods->ShmLock(Inner(file), offset, count, flags);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void ShmBarrier(NativeFile* file) => Inner(file)->Methods->ShmBarrier(Inner(file));

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int ShmUnmap(NativeFile* file, int delete) => Inner(file)->Methods->ShmUnmap(Inner(file), delete);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Fetch(NativeFile* file, long offset, int count, void** mapped)
    {
        // Nothing is read behind the shim's back: SQLite reads by Read instead.
        *mapped = null;
        return Ok;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Unfetch(NativeFile* file, long offset, void* mapped) => Ok;

    private static int Noted(IoLog log, int result, IoEvent change)
    {
        if (result == Ok)
        {
            log.Add(change);
        }

        return result;
    }
}
