using System.Collections.Immutable;

namespace Netclaw.Protocol;

/// <summary>What the owner should know about the configuration that the running daemon started with (trust.md, the one rule). Bounded: <see cref="Most"/> of each.</summary>
/// <param name="Warnings">Allowed and probably not meant.</param>
/// <param name="OptIns">Trust that the owner gave explicitly.</param>
/// <param name="LeftOut">How many there are beyond these; <c>netclaw config check</c> has them all.</param>
public sealed record StartNotices(ImmutableArray<StartNotice> Warnings, ImmutableArray<StartNotice> OptIns, int LeftOut = 0)
{
    /// <summary>Of each kind.</summary>
    public const int Most = 32;

    /// <summary>Characters of a key, sentence or value.</summary>
    public const int LongestText = 300;

    public static StartNotices None { get; } = new([], []);

    public static StartNotices Of(ImmutableArray<StartNotice> warnings, ImmutableArray<StartNotice> optIns) => new(
        [.. warnings.Take(Most).Select(Bounded)], [.. optIns.Take(Most).Select(Bounded)], Math.Max(0, warnings.Length - Most) + Math.Max(0, optIns.Length - Most));

    /// <summary>For callers to whom addresses and users are not shown: what is trusted, not whom.</summary>
    public StartNotices WithoutValues() => this with
    {
        Warnings = [.. Warnings.Select(notice => notice with { Value = null })], OptIns = [.. OptIns.Select(notice => notice with { Value = null })],
    };

    public static string Bounded(string text) => text.Length <= LongestText ? text : text[..(LongestText - 1)] + "…";

    private static StartNotice Bounded(StartNotice notice) => notice with
    {
        Key = Bounded(notice.Key), Message = Bounded(notice.Message), Remedy = Bounded(notice.Remedy), Value = notice.Value is { } value ? Bounded(value) : null,
    };
}

/// <param name="Id">Stable; <see cref="OptIn"/> for trust that was given.</param>
/// <param name="Key">The one to set.</param>
/// <param name="Value">What stands there; null when nothing does, or when the caller may not see it.</param>
public sealed record StartNotice(string Id, string Key, string Message, string Remedy, string? Value = null)
{
    public const string OptIn = "opt_in";
}
