using System.Globalization;
using Netclaw.Protocol;

namespace Netclaw.Daemon.Recovery;

/// <summary>What files are called that are kept out of the way: <c>host.key.20261128-041500</c>. Never the name of something that is there.</summary>
internal static class DatedName
{
    public static string Stamp(DateTimeOffset now) => now.UtcDateTime.ToString("yyyyMMdd-HHmmss", CultureInfo.InvariantCulture);

    public static string Of(string path, DateTimeOffset now)
    {
        var dated = $"{path}.{Stamp(now)}";
        var name = dated;
        for (var number = 2; FileFacts.OfPath(name) is not null; number++)
        {
            name = string.Create(CultureInfo.InvariantCulture, $"{dated}-{number}");
        }

        return name;
    }
}
