using System.Globalization;
using Netclaw.Protocol;

namespace Netclaw.Cli.Output;

/// <summary>Times, scopes and counts the way people say them.</summary>
internal static class Spoken
{
    public static string Span(TimeSpan span) => span switch
    {
        { TotalSeconds: < 0 } => "0 s",
        { TotalSeconds: < 100 } => $"{(int)span.TotalSeconds} s",
        { TotalMinutes: < 100 } => $"{(int)Math.Round(span.TotalMinutes)} min",
        { TotalHours: < 48 } => $"{(int)Math.Round(span.TotalHours)} h",
        _ => $"{(int)Math.Round(span.TotalDays)} days",
    };

    public static string Ago(long unixMs, DateTimeOffset now) => Span(now - DateTimeOffset.FromUnixTimeMilliseconds(unixMs)) + " ago";

    public static string In(long unixMs, DateTimeOffset now)
    {
        var left = DateTimeOffset.FromUnixTimeMilliseconds(unixMs) - now;
        return left <= TimeSpan.Zero ? "expired" : "in " + Span(left);
    }

    /// <summary>Wall time in the clock's own time zone.</summary>
    public static string Clock(long unixMs, TimeProvider time) =>
        TimeZoneInfo.ConvertTime(DateTimeOffset.FromUnixTimeMilliseconds(unixMs), time.LocalTimeZone).ToString("HH:mm:ss", CultureInfo.InvariantCulture);

    /// <summary>Without the prefix they all share.</summary>
    public static string Scopes(ScopeSet scopes) =>
        scopes.IsEmpty ? "none" : scopes == ScopeSet.All ? "everything" : string.Join(", ", scopes.ToNames().Select(name => name["operator.".Length..]));

    public static string Count(int count, string noun) => $"{count} {noun}{(count == 1 ? "" : "s")}";

    public static string RoleName(Role role) => NativeTranscript.RoleText(role);
}
