using System.Runtime.InteropServices;

namespace Netclaw.Crash.Vfs.Sqlite;

/// <summary>An open file of the shim; the system's own follows it in memory.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct ShimFile
{
    public NativeMethods* Methods;

    /// <summary>Handle of a <see cref="WatchedFile"/>; zero outside every scope.</summary>
    public nint Watched;

    public static NativeFile* Inner(NativeFile* file) => (NativeFile*)((byte*)file + sizeof(ShimFile));

    public static WatchedFile? WatchedOf(NativeFile* file) => ((ShimFile*)file)->Watched is var handle and not 0 ? (WatchedFile)GCHandle.FromIntPtr(handle).Target! : null;
}

internal sealed class WatchedFile(IoScope scope, string path)
{
    public IoScope Scope => scope;

    public string Path => path;

    /// <summary>With its next flush.</summary>
    public bool FlushesDirectory { get; set; }
}
