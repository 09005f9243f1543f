using Netclaw.Protocol;

namespace Netclaw.Cli.Nodes.Commands;

/// <summary>A directory that a caller names, opened only inside of what is lent.</summary>
internal static class LentDirectory
{
    /// <param name="path">Absolute.</param>
    /// <exception cref="Refused">DENIED: outside of the roots, whether it is there or not; FAILED: inside, and it cannot be used.</exception>
    public static RealDirectory Open(string command, string path, IReadOnlyList<string> roots)
    {
        try
        {
            var directory = RealDirectory.Open(path);
            if (directory.IsInside(roots))
            {
                return directory;
            }

            directory.Dispose();
        }
        catch (IOException e) when (roots.Any(root => IsBelow(root, path)))
        {
            throw Unusable(command, path, e);
        }
        catch (IOException)
        {
            // Outside of the roots nobody learns what is there and what is not.
        }

        throw Refused.Denied($"{command}: {path} is outside of the directories that this node lends. Its owner lends it under \"roots\" in {NodeRules.FileName}.");
    }

    public static Refused Unusable(string command, string path, Exception e) =>
        Refused.NotDone($"{command}: the directory {path} cannot be used: {(e is UnauthorizedAccessException ? "Permission denied" : e.Message.TrimEnd('.'))}.");

    /// <summary>By its name alone, for a path that leads nowhere.</summary>
    private static bool IsBelow(string root, string path) =>
        (path == root || path.StartsWith(root.TrimEnd('/') + "/", StringComparison.Ordinal)) && !path.Split('/').Contains("..");
}
