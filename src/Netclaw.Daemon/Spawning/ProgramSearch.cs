using System.Runtime.InteropServices;
using Netclaw.Protocol;

namespace Netclaw.Daemon.Spawning;

/// <summary>Finds a program as a shell would, and nothing that is not one: <c>setsid</c> would only tell by an exit code that it found none.</summary>
internal static partial class ProgramSearch
{
    private const int Executable = 1;

    /// <param name="program">A path, or a name that is looked for.</param>
    /// <param name="directory">What a path that is not absolute begins at.</param>
    /// <param name="searchPath">Directories, parted by colons; those that are not absolute are passed over.</param>
    /// <returns>An absolute path; null: there is none.</returns>
    public static string? Find(string program, string directory, string searchPath) => program.Contains('/')
        ? At(Path.GetFullPath(program, directory))
        : program.Length == 0 ? null
        : searchPath.Split(':').Where(Path.IsPathRooted).Select(place => At(Path.Combine(place, program))).FirstOrDefault(found => found is not null);

    private static string? At(string path)
    {
        try
        {
            return FileFacts.OfTarget(path) is { Kind: FileKind.File } && Access(path, Executable) == 0 ? path : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    [LibraryImport("libc", EntryPoint = "access", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Access(string path, int mode);
}
