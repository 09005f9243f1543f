using System.Runtime.InteropServices;

namespace Netclaw.Daemon.Tunnels;

/// <summary>Looks through /proc: by the kernel's short name of each process, and by its executable where that may be read.</summary>
/// <param name="proc">Where the process table is mounted.</param>
public sealed class RunningPrograms(string proc = "/proc") : IRunningPrograms
{
    /// <summary>The kernel keeps 15 characters of a name.</summary>
    private const int LongestShortName = 15;

    public bool? Runs(string program)
    {
        var shortName = program.Length <= LongestShortName ? program : program[..LongestShortName];
        var any = false;
        try
        {
            foreach (var directory in Directory.EnumerateDirectories(proc))
            {
                if (!Path.GetFileName(directory.AsSpan()).ContainsAnyExceptInRange('0', '9'))
                {
                    any = true;
                    if (ShortName(directory) == shortName || Executable(directory) == program)
                    {
                        return true;
                    }
                }
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }

        return any ? false : null;
    }

    private static string? ShortName(string directory)
    {
        try
        {
            return File.ReadAllText(Path.Combine(directory, "comm")).TrimEnd('\n');
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null; // It ended meanwhile.
        }
    }

    private static string? Executable(string directory)
    {
        try
        {
            return Path.GetFileName(File.ResolveLinkTarget(Path.Combine(directory, "exe"), returnFinalTarget: false)?.FullName);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ExternalException)
        {
            return null; // Another user's, or a thread of the kernel.
        }
    }
}
