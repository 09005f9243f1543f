using System.Runtime.CompilerServices;

namespace Netclaw.Protocol.Tests;

/// <summary>Checked-in files that tests compare with, and rewrite when NETCLAW_UPDATE_DOCS=1.</summary>
internal static class RepositoryTree
{
    public static readonly bool Updating = Environment.GetEnvironmentVariable("NETCLAW_UPDATE_DOCS") == "1";

    private static string Root([CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "../.."));

    /// <summary>Asserts that the file says exactly <paramref name="text"/>.</summary>
    public static void Holds(string path, string text)
    {
        var full = Path.Combine(Root(), path);
        if (Updating)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(full)!);
            File.WriteAllText(full, text);
        }

        Assert.True(File.Exists(full), $"{path} is missing; NETCLAW_UPDATE_DOCS=1 writes it");
        Assert.Equal(File.ReadAllText(full), text);
    }

    public static IEnumerable<string> Files(string directory) =>
        Directory.EnumerateFiles(Path.Combine(Root(), directory)).Select(file => Path.GetFileName(file)!);
}
