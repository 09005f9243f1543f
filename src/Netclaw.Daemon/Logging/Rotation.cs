using Netclaw.Protocol;

namespace Netclaw.Daemon.Logging;

/// <summary>Gives a file the place of the youngest <see cref="FormerFiles"/>, so that its name is free.</summary>
internal static class Rotation
{
    /// <summary>
    /// The oldest moves first and each into a place that is free or whose file is to go, so that after every single step all are there, in their order; what was cut
    /// short leaves a gap, and the next one only fills it.
    /// </summary>
    /// <exception cref="IOException">It stopped between two steps.</exception>
    /// <exception cref="UnauthorizedAccessException">It stopped between two steps.</exception>
    public static void Run(FileCalls calls, string path, int kept)
    {
        for (var surplus = FormerFiles.Most; surplus > kept; surplus--)
        {
            if (IsTaken(path, surplus))
            {
                calls.Delete(FormerFiles.NameOf(path, surplus));
            }
        }

        var last = 1;
        while (last < kept && IsTaken(path, last))
        {
            last++;
        }

        for (var place = last; place > 0; place--)
        {
            calls.Rename(FormerFiles.NameOf(path, place - 1), FormerFiles.NameOf(path, place));
        }
    }

    private static bool IsTaken(string path, int number) => File.Exists(FormerFiles.NameOf(path, number));
}
