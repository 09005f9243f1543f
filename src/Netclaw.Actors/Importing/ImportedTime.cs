using System.Globalization;

namespace Netclaw.Actors.Importing;

/// <summary>Times that an earlier gateway wrote: told to people, decided on by nobody.</summary>
internal static class ImportedTime
{
    private static readonly long Last = DateTimeOffset.MaxValue.ToUnixTimeMilliseconds();

    /// <param name="milliseconds">Unix time; what lies outside of 1970 to 9999 is none.</param>
    public static DateTimeOffset? Of(long? milliseconds) => milliseconds is >= 0 and var given && given <= Last ? DateTimeOffset.FromUnixTimeMilliseconds(given) : null;

    public static string Day(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
