namespace Netclaw.Actors.Cron;

/// <summary>IANA time zones by name.</summary>
internal static class CronZone
{
    private const int MaxLength = 64;
    private const string Utc = "UTC";

    /// <summary>A zone's name as <see cref="Find"/> takes it; UTC for one that has none.</summary>
    public static string NameOf(TimeZoneInfo zone) => Find(zone.Id) is null ? Utc : zone.Id;

    /// <summary>Null: unknown here, or not a name at all. A name is looked up as a file, so it must look like one zone and nothing else.</summary>
    public static TimeZoneInfo? Find(string name) =>
        name.Length is > 0 and <= MaxLength
        && char.IsAsciiLetter(name[0])
        && name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '/' or '_' or '-' or '+')
        && TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone)
            ? zone
            : null;
}
