using System.Buffers;
using System.Net;

namespace Netclaw.Actors.Trust.Reading;

/// <summary>One hop of a forwarding chain: an address, perhaps with a port.</summary>
internal static class HopAddress
{
    private const int Longest = 64;
    private const int LongestPort = 5;

    private static readonly SearchValues<char> ObfuscatedPort = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-");

    /// <param name="bare">Whether an IPv6 address may stand without brackets, as in <c>X-Forwarded-For</c>; then it has no port.</param>
    /// <returns>Null for <c>unknown</c>, <c>_hidden</c> (RFC 7239 section 6) and everything that is no address in a canonical spelling.</returns>
    public static IPAddress? Parse(ReadOnlySpan<char> text, bool bare)
    {
        text = text.Trim(" \t");
        if (text.Length is 0 or > Longest)
        {
            return null;
        }

        if (text[0] == '[')
        {
            var end = text.IndexOf(']');
            return end > 0 && PlainAddress.TryV6(text[1..end], out var v6) && IsPort(text[(end + 1)..]) ? v6 : null;
        }

        if (bare && text.Count(':') > 1)
        {
            return PlainAddress.TryV6(text, out var unbracketed) ? unbracketed : null;
        }

        var colon = text.IndexOf(':');
        var literal = colon < 0 ? text : text[..colon];
        return PlainAddress.TryV4(literal, out var v4) && IsPort(text[literal.Length..]) ? v4 : null;
    }

    private static bool IsPort(ReadOnlySpan<char> text) => text.IsEmpty || (text.Length > 1 && text[0] == ':' && (text[1] == '_'
        ? text.Length > 2 && !text[2..].ContainsAnyExcept(ObfuscatedPort)
        : text.Length <= LongestPort + 1 && !text[1..].ContainsAnyExceptInRange('0', '9')));
}
