using Netclaw.Protocol;

namespace Netclaw.Cli.Kernel;

/// <summary>Whether this process may make files in a directory.</summary>
internal static class DirectoryAccess
{
    public const int ReadOnlyFileSystem = 30;

    /// <returns>0, or the kernel's error number.</returns>
    public static int Ask(string path) => PathAccess.Ask(path, PathAccess.WriteAndSearch);
}
