using System.Collections.Immutable;
using Netclaw.Protocol;

namespace Netclaw.Daemon.Backups;

/// <summary>
/// The archives beside a new one that bear a dated name (<see cref="BackupPlace"/>): of these only the newest stay. Neither counted nor touched is what was made before
/// a restore or a reset, what has a name of somebody's choice, what is of another gateway or of a damaged home (raw), and what does not begin as an archive does.
/// </summary>
internal static class OlderArchives
{
    /// <param name="made">The new one, whole and read again; it stays whatever its name.</param>
    /// <param name="gateway">Whose it is.</param>
    /// <param name="keep">How many are to remain, the new one among them where it bears a dated name; at least 1.</param>
    /// <returns>The paths of those that are gone, the oldest first.</returns>
    /// <exception cref="IOException">One could not be removed; those before it are gone.</exception>
    /// <exception cref="UnauthorizedAccessException">The same.</exception>
    public static ImmutableArray<string> Remove(string made, GatewayId gateway, int keep)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(keep, 1);
        var directory = Path.GetDirectoryName(made)!;
        var older = Directory.EnumerateFiles(directory)
            .Select(path => (Path: path, Age: BackupPlace.AgeOf(Path.GetFileName(path))))
            .Where(one => one.Age is not null && IsOf(one.Path, gateway))
            .OrderBy(one => one.Age!.Value.Stamp, StringComparer.Ordinal).ThenBy(one => one.Age!.Value.Number)
            .Select(one => one.Path)
            .SkipLast(keep)
            .Where(path => path != made) // a clock that was set back would have made it the oldest
            .ToImmutableArray();
        foreach (var path in older)
        {
            FileCalls.Current.Delete(path);
        }

        if (!older.IsEmpty)
        {
            FileCalls.Current.FlushDirectory(directory);
        }

        return older;
    }

    private static bool IsOf(string path, GatewayId gateway) =>
        FileFacts.OfPath(path) is { Kind: FileKind.File } && ArchiveReader.HeadOf(path) is { Raw: false } head && head.Gateway == gateway;
}
