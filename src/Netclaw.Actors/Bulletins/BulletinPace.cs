namespace Netclaw.Actors.Bulletins;

/// <summary>
/// How soon presence is told again. A list goes to everybody who may read it each time somebody comes, so that a thousand who come at once would cost a million lists; telling it waits for as long as the last
/// telling was worth in bytes. Pure.
/// </summary>
public static class BulletinPace
{
    /// <summary>Those who come together are told together.</summary>
    public static readonly TimeSpan Least = TimeSpan.FromMilliseconds(250);

    /// <summary>However many there are: nobody is shown an older list than this.</summary>
    public static readonly TimeSpan Most = TimeSpan.FromSeconds(60);

    /// <summary>Of presence, to all sessions together.</summary>
    public const long BytesPerSecond = 8 * 1024 * 1024;

    /// <param name="bytes">Of the last list.</param>
    /// <param name="listeners">How many heard it.</param>
    public static TimeSpan After(long bytes, int listeners) =>
        TimeSpan.FromSeconds(Math.Clamp((double)bytes * listeners / BytesPerSecond, Least.TotalSeconds, Most.TotalSeconds));
}
