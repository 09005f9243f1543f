using System.ComponentModel;
using System.Globalization;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Netclaw.Protocol;

/// <summary>
/// A directory that is held open: what was judged by its real path is what is used afterwards, whatever becomes of the names on the way to it.
/// </summary>
public sealed partial class RealDirectory : IDisposable
{
    // O_PATH and O_CLOEXEC, which are the same on every architecture; O_DIRECTORY is not.
    private const int NameOnly = 0x200000 | 0x80000;

    private readonly SafeFileHandle _handle;

    private RealDirectory(SafeFileHandle handle)
    {
        _handle = handle;
        Way = string.Create(CultureInfo.InvariantCulture, $"/proc/self/fd/{handle.DangerousGetHandle()}");
        Path = new FileInfo(Way).LinkTarget ?? throw new IOException("its real path is not known");
    }

    /// <summary>Without symbolic links and dots.</summary>
    public string Path { get; }

    /// <summary>Leads to this very directory in this process, and in a child up to the start of its program.</summary>
    public string Way { get; }

    /// <exception cref="IOException">There is none, it is closed to us, or it is something else: the kernel's message.</exception>
    public static RealDirectory Open(string path)
    {
        var handle = OpenName(path, NameOnly);
        if (handle.IsInvalid)
        {
            throw new IOException(new Win32Exception(Marshal.GetLastPInvokeError()).Message);
        }

        try
        {
            return FileFacts.OfHandle(handle).Kind == FileKind.Directory ? new RealDirectory(handle) : throw new IOException("Not a directory");
        }
        catch
        {
            handle.Dispose();
            throw;
        }
    }

    /// <summary>Whether it is one of <paramref name="roots"/> or below one. A root that is not there holds nothing.</summary>
    public bool IsInside(IEnumerable<string> roots) => roots.Any(IsInside);

    public void Dispose() => _handle.Dispose();

    private bool IsInside(string root)
    {
        try
        {
            using var real = Open(root);
            return real.Path == "/" || Path == real.Path || Path.StartsWith(real.Path + "/", StringComparison.Ordinal);
        }
        catch (IOException)
        {
            return false;
        }
    }

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial SafeFileHandle OpenName(string path, int flags);
}
