using System.Runtime.InteropServices;

namespace Netclaw.Protocol;

/// <summary>What this process may do with a path, by access(2): nothing is tried.</summary>
public static partial class PathAccess
{
    public const int Execute = 1;
    public const int WriteAndSearch = 2 | 1;

    /// <returns>0, or the kernel's error number.</returns>
    public static int Ask(string path, int mode) => Access(path, mode) == 0 ? 0 : Marshal.GetLastPInvokeError();

    /// <summary>A file, by links or not, that may be executed.</summary>
    public static bool IsProgram(string path)
    {
        try
        {
            return FileFacts.OfTarget(path) is { Kind: FileKind.File } && Ask(path, Execute) == 0;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    [LibraryImport("libc", EntryPoint = "access", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    private static partial int Access(string path, int mode);
}
