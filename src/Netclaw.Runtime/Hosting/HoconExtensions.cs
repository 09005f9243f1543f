using System.Globalization;
using Akka.Configuration.Hocon;

namespace Akka.Hosting;

/// <summary>Values as HOCON text.</summary>
/// <remarks>Akka.NET documentation, "Akka.Hosting".</remarks>
public static class HoconExtensions
{
    /// <summary>Text, quoted where its characters ask for it.</summary>
    public static string ToHocon(this string? text) => text is null
        ? "null"
        : text.Length > 0 && text.All(static c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_') && text is not ("null" or "true" or "false") ? text : HoconRenderer.Quote(text);

    /// <summary>The value as HOCON reads it back.</summary>
    public static string ToHocon(this bool? value) => value is { } known ? known.ToHocon() : "null";

    /// <summary>The value as HOCON reads it back.</summary>
    public static string ToHocon(this bool value) => value ? "true" : "false";

    /// <summary>The value as HOCON reads it back.</summary>
    public static string ToHocon(this int value) => value.ToString(CultureInfo.InvariantCulture);

    /// <summary>The value as HOCON reads it back.</summary>
    public static string ToHocon(this int? value) => value is { } known ? known.ToHocon() : "null";

    /// <summary>The value as HOCON reads it back.</summary>
    public static string ToHocon(this long value) => value.ToString(CultureInfo.InvariantCulture);

    /// <summary>The value as HOCON reads it back.</summary>
    public static string ToHocon(this long? value) => value is { } known ? known.ToHocon() : "null";

    /// <summary>The value as HOCON reads it back.</summary>
    public static string ToHocon(this float value) => value.ToString(CultureInfo.InvariantCulture);

    /// <summary>The value as HOCON reads it back.</summary>
    public static string ToHocon(this float? value) => value is { } known ? known.ToHocon() : "null";

    /// <summary>The value as HOCON reads it back.</summary>
    public static string ToHocon(this double value) => value.ToString(CultureInfo.InvariantCulture);

    /// <summary>The value as HOCON reads it back.</summary>
    public static string ToHocon(this double? value) => value is { } known ? known.ToHocon() : "null";

    /// <summary>The value as HOCON reads it back.</summary>
    public static string ToHocon(this TimeSpan? value, bool allowInfinite = false, bool zeroIsInfinite = false)
        => value is { } known ? known.ToHocon(allowInfinite, zeroIsInfinite) : "null";

    /// <summary>A duration in milliseconds, or <c>infinite</c>.</summary>
    public static string ToHocon(this TimeSpan value, bool allowInfinite = false, bool zeroIsInfinite = false)
    {
        var infinite = value == Timeout.InfiniteTimeSpan || (zeroIsInfinite && value == TimeSpan.Zero);
        if (infinite && allowInfinite) return "infinite";
        ArgumentOutOfRangeException.ThrowIfLessThan(value, TimeSpan.Zero);
        return value.TotalMilliseconds.ToString("0.####", CultureInfo.InvariantCulture) + " ms";
    }
}
