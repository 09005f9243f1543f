using Netclaw.Protocol;

namespace Netclaw.Daemon.Spawning;

/// <summary>Finds a program as a shell would, and nothing that is not one: <c>setsid</c> would only tell by an exit code that it found none.</summary>
internal static class ProgramSearch
{
    /// <param name="program">A path, or a name that is looked for.</param>
    /// <param name="directory">What a path that is not absolute begins at.</param>
    /// <param name="searchPath">Directories, parted by colons; those that are not absolute are passed over.</param>
    /// <returns>An absolute path; null: there is none.</returns>
    public static string? Find(string program, string directory, string searchPath) => program.Contains('/')
        ? At(Path.GetFullPath(program, directory))
        : program.Length == 0 ? null
        : searchPath.Split(':').Where(Path.IsPathRooted).Select(place => At(Path.Combine(place, program))).FirstOrDefault(found => found is not null);

    private static string? At(string path) => PathAccess.IsProgram(path) ? path : null;
}
