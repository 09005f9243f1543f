using System.Globalization;

namespace Netclaw.Cli.Processes;

/// <summary>
/// Which process holds this home's lock. The pid stands in the lock file, but a killed daemon leaves it there and the number may
/// since belong to anybody, so the process must have that very file open. Nothing is locked here to find out: a probe would make
/// a daemon that starts at the same moment believe that another one runs.
/// </summary>
public static class LockHolder
{
    /// <summary>Null: no daemon runs on the home. Linux: reads /proc.</summary>
    public static int? Find(string lockFile)
    {
        try
        {
            return Read(lockFile) is var (pid, path) && HasOpen(pid, path) ? pid : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Closed again before anything is compared: the pid may be this process's own by now.</summary>
    private static (int Pid, string Path)? Read(string lockFile)
    {
        using var file = new FileStream(lockFile, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var reader = new StreamReader(file);
        var path = RealPath(file);
        return int.TryParse(reader.ReadToEnd().Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var pid) ? (pid, path) : null;
    }

    private static string RealPath(FileStream file) =>
        new FileInfo($"/proc/self/fd/{file.SafeFileHandle.DangerousGetHandle()}").LinkTarget ?? file.Name;

    private static bool HasOpen(int pid, string path)
    {
        if (!Lives(pid))
        {
            return false;
        }

        try
        {
            return new DirectoryInfo($"/proc/{pid}/fd").EnumerateFileSystemInfos().Any(descriptor => LinkOf(descriptor) == path);
        }
        catch (UnauthorizedAccessException)
        {
            // Somebody else's process: it lives, and only its owner can tell more.
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }

    /// <summary>A process that has exited but was not collected by its parent yet lives no more. See proc(5), stat.</summary>
    private static bool Lives(int pid)
    {
        try
        {
            var stat = File.ReadAllText($"/proc/{pid}/stat");
            return stat[(stat.LastIndexOf(')') + 1)..].TrimStart() is [not ('Z' or 'X'), ..];
        }
        catch (IOException)
        {
            return false;
        }
    }

    private static string? LinkOf(FileSystemInfo descriptor)
    {
        try
        {
            return descriptor.LinkTarget;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
