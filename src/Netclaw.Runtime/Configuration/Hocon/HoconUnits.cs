using System.Globalization;

namespace Akka.Configuration.Hocon;

/// <summary>Durations and sizes as the HOCON specification writes them ("Units format").</summary>
internal static class HoconUnits
{
    /// <summary>A duration, exact to 100 ns; null if the text is none. Without unit: milliseconds.</summary>
    public static TimeSpan? Duration(string? text)
    {
        if (Split(text) is not var (number, unit)) return null;
        decimal? ticks = unit switch
        {
            "ns" or "nano" or "nanos" or "nanosecond" or "nanoseconds" => 0.01m,
            "us" or "micro" or "micros" or "microsecond" or "microseconds" => 10m,
            "" or "ms" or "milli" or "millis" or "millisecond" or "milliseconds" => TimeSpan.TicksPerMillisecond,
            "s" or "second" or "seconds" => TimeSpan.TicksPerSecond,
            "m" or "minute" or "minutes" => TimeSpan.TicksPerMinute,
            "h" or "hour" or "hours" => TimeSpan.TicksPerHour,
            "d" or "day" or "days" => TimeSpan.TicksPerDay,
            _ => null,
        };
        return ticks is { } one && Fits(number, one) ? TimeSpan.FromTicks((long)(number * one)) : null;
    }

    /// <summary>A size in bytes, rounded down; null if the text is none. Without unit: bytes. kB is 1,000, K, Ki and KiB are 1,024.</summary>
    public static long? Size(string? text)
    {
        if (Split(text) is not var (number, unit) || number < 0) return null;
        decimal? bytes = unit switch
        {
            "" or "B" or "b" or "byte" or "bytes" => 1,
            "kB" or "kilobyte" or "kilobytes" => Power(1000, 1),
            "MB" or "megabyte" or "megabytes" => Power(1000, 2),
            "GB" or "gigabyte" or "gigabytes" => Power(1000, 3),
            "TB" or "terabyte" or "terabytes" => Power(1000, 4),
            "PB" or "petabyte" or "petabytes" => Power(1000, 5),
            "EB" or "exabyte" or "exabytes" => Power(1000, 6),
            "K" or "k" or "Ki" or "KiB" or "kibibyte" or "kibibytes" => Power(1024, 1),
            "M" or "m" or "Mi" or "MiB" or "mebibyte" or "mebibytes" => Power(1024, 2),
            "G" or "g" or "Gi" or "GiB" or "gibibyte" or "gibibytes" => Power(1024, 3),
            "T" or "t" or "Ti" or "TiB" or "tebibyte" or "tebibytes" => Power(1024, 4),
            "P" or "p" or "Pi" or "PiB" or "pebibyte" or "pebibytes" => Power(1024, 5),
            "E" or "e" or "Ei" or "EiB" or "exbibyte" or "exbibytes" => Power(1024, 6),
            _ => null,
        };
        return bytes is { } one && Fits(number, one) ? (long)(number * one) : null;
    }

    private static (decimal Number, string Unit)? Split(string? text)
    {
        if (text is null) return null;
        var trimmed = text.AsSpan().Trim();
        var end = trimmed.Length;
        while (end > 0 && char.IsLetter(trimmed[end - 1])) end--;
        return decimal.TryParse(trimmed[..end].TrimEnd(), NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            ? (number, trimmed[end..].ToString())
            : null;
    }

    private static bool Fits(decimal number, decimal one) => Math.Abs(number) <= long.MaxValue / one;

    private static decimal Power(decimal unit, int exponent)
    {
        var result = 1m;
        while (exponent-- > 0) result *= unit;
        return result;
    }
}
