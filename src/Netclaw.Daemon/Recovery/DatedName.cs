using System.Globalization;
using Netclaw.Protocol;

namespace Netclaw.Daemon.Recovery;

/// <summary>What files are called that are kept out of the way: <c>host.key.20261128-041500</c>. Never the name of something that is there.</summary>
internal static class DatedName
{
    public static string Stamp(DateTimeOffset now) => now.UtcDateTime.ToString("yyyyMMdd-HHmmss", CultureInfo.InvariantCulture);

    public static string Of(string path, DateTimeOffset now) => $"{path}.{FreeStamp(now, stamp => [$"{path}.{stamp}"])}";

    /// <summary>One for several files: none of the names that it makes is taken, by another of the same second or from before the clock was set back.</summary>
    public static string FreeStamp(DateTimeOffset now, Func<string, IEnumerable<string>> names)
    {
        var first = Stamp(now);
        var stamp = first;
        for (var number = 2; names(stamp).Any(path => FileFacts.OfPath(path) is not null); number++)
        {
            stamp = string.Create(CultureInfo.InvariantCulture, $"{first}-{number}");
        }

        return stamp;
    }
}
