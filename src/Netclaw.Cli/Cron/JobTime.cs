using System.Globalization;
using Netclaw.Cli.Failures;
using Netclaw.Protocol;

namespace Netclaw.Cli.Cron;

/// <summary>Times of jobs as people type them.</summary>
internal static class JobTime
{
    /// <summary>Year, month and day in this order alone: of others nobody knows which is the month.</summary>
    private static readonly string[] Forms =
    [
        .. from separator in (string[])["'T'", "' '"]
           from seconds in (string[])["", ":ss", ":ss.FFFFFFF"]
           from offset in (string[])["", "K", "zzz"]
           select $"yyyy-MM-dd{separator}HH:mm{seconds}{offset}",
    ];

    /// <summary>A length of time: 30s, 10m, 2h, 1d.</summary>
    public static TimeSpan Span(string option, string text) =>
        TryRead(text, out var span) ? span : throw Wrong($"{option} '{text}' is no length of time; write 30s, 10m, 2h or 1d");

    /// <summary>A time with an offset, one without (this machine's time zone), or how long from now: 20m.</summary>
    /// <returns>As the gateway takes it.</returns>
    public static string At(string text, DateTimeOffset now)
    {
        var time = TryRead(text.TrimStart('+'), out var span) ? now + span
            : DateTimeOffset.TryParseExact(text, Forms, CultureInfo.InvariantCulture, DateTimeStyles.AssumeLocal, out var given) ? given
            : throw Wrong($"--at '{text}' is no time; write 2030-01-31T09:00, 2030-01-31T09:00:00+01:00, or 20m for twenty minutes from now");
        return time.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
    }

    private static bool TryRead(string text, out TimeSpan span)
    {
        double? unit = text.Length < 2 ? null : text[^1] switch
        {
            's' => 1,
            'm' => 60,
            'h' => 3600,
            'd' => 86_400,
            _ => null,
        };
        var valid = double.TryParse(text.AsSpan(0, Math.Max(0, text.Length - 1)), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) && number * unit is > 0 and < 400_000_000;
        span = valid ? TimeSpan.FromSeconds(number * unit!.Value) : default;
        return valid;
    }

    private static CommandFailure Wrong(string seen) => new(RefusalCode.UsageError, $"{seen}.", "netclaw cron add --help");
}
