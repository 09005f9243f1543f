using Netclaw.Daemon.Recovery;
using Netclaw.Protocol;

namespace Netclaw.Daemon.Backups;

/// <summary>What archives are called: <c>backups/netclaw-20261128-041500.ncb</c>. Never the name of something that is there.</summary>
internal static class BackupPlace
{
    public const string Extension = ".ncb";

    /// <param name="label">What it was made for; null: asked for by a person or a schedule.</param>
    public static string Of(NetclawHome home, DateTimeOffset now, string? label = null)
    {
        var stem = Path.Combine(home.BackupsDirectory, $"netclaw-{DatedName.Stamp(now)}{(label is null ? "" : $"-{label}")}");
        var path = stem + Extension;
        for (var number = 2; FileFacts.OfPath(path) is not null; number++)
        {
            path = $"{stem}-{number}{Extension}";
        }

        return path;
    }
}
