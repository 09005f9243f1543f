using System.Text;

namespace Netclaw.Actors.Tests;

/// <summary>The stored forms under <c>Golden</c>. With NETCLAW_REWRITE_GOLDEN=1 they are written anew, to be reviewed by eye.</summary>
internal static class GoldenFile
{
    public static string Of(string folder, string name, ReadOnlySpan<byte> current)
    {
        var path = Path.Combine(Root(), "tests", "Netclaw.Actors.Tests", folder, "Golden", name + ".json");
        if (Environment.GetEnvironmentVariable("NETCLAW_REWRITE_GOLDEN") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, Encoding.UTF8.GetString(current) + "\n");
        }

        return File.ReadAllText(path).TrimEnd('\n');
    }

    private static string Root()
    {
        var directory = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(directory, "Netclaw.sln")))
        {
            directory = Path.GetDirectoryName(directory) ?? throw new FileNotFoundException("the checkout's root");
        }

        return directory;
    }
}
