namespace Netclaw.Cli.Kernel;

/// <summary>A .NET runtime by the directory that it lies in: <c>…/shared/Microsoft.NETCore.App/10.0.12</c>.</summary>
internal static class InstalledRuntime
{
    private const string Library = "/libcoreclr.so";

    /// <summary>That of a running process, by what it has mapped; null: it is none, is gone, or is somebody else's.</summary>
    public static string? OfProcess(int pid)
    {
        try
        {
            var line = File.ReadLines($"/proc/{pid}/maps").FirstOrDefault(each => each.Contains(Library, StringComparison.Ordinal));
            return line is null ? null : Path.GetDirectoryName(line[line.IndexOf('/')..line.LastIndexOf(Library, StringComparison.Ordinal)] + Library);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>The newest patch of the same release beside <paramref name="directory"/>, if it is newer; null for none, and for a program that brings its own runtime.</summary>
    public static Version? NewerThan(string directory)
    {
        if (!Version.TryParse(Path.GetFileName(directory), out var used) || Path.GetDirectoryName(directory) is not { } parent || !Directory.Exists(parent))
        {
            return null;
        }

        var newest = Directory.EnumerateDirectories(parent)
            .Select(each => Version.TryParse(Path.GetFileName(each), out var version) && version.Major == used.Major && version.Minor == used.Minor ? version : null).Max();
        return newest > used ? newest : null;
    }
}
