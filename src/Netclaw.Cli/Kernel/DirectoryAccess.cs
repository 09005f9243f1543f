using System.Runtime.InteropServices;

namespace Netclaw.Cli.Kernel;

/// <summary>Whether this process may make files in a directory, by access(2): nothing is tried.</summary>
internal static partial class DirectoryAccess
{
    public const int ReadOnlyFileSystem = 30;
    private const int WriteAndSearch = 2 | 1;

    /// <returns>0, or the kernel's error number.</returns>
    public static int Ask(string path) => Access(path, WriteAndSearch) == 0 ? 0 : Marshal.GetLastPInvokeError();

    [LibraryImport("libc", EntryPoint = "access", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    private static partial int Access(string path, int mode);
}
