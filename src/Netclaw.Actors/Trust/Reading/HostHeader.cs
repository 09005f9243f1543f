using System.Buffers;
using System.Globalization;
using System.Net;

namespace Netclaw.Actors.Trust.Reading;

/// <summary>A Host header, strictly (RFC 9110 section 7.2): a name or an address literal in its one canonical spelling, and perhaps a port.</summary>
/// <param name="Name">Lower case; an IPv6 address without its brackets.</param>
/// <param name="Address">Set when the name is an address literal; IPv4-mapped IPv6 as IPv4.</param>
public readonly record struct HostHeader(string Name, IPAddress? Address, int? Port)
{
    private const int LongestName = 253;
    private const int LongestLabel = 63;

    private static readonly SearchValues<char> NameSymbols = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-._");

    public bool IsLoopback => Address is { } address ? IPAddress.IsLoopback(address) : Name == "localhost";

    public static bool TryParse(string? text, out HostHeader host)
    {
        host = default;
        if (string.IsNullOrEmpty(text))
        {
            return false;
        }

        var end = text[0] == '[' ? text.IndexOf(']') + 1 : text.IndexOf(':');
        var name = end <= 0 ? text : text[..end];
        if ((text[0] == '[' && end <= 0) || !TryPort(text.AsSpan(name.Length), out var port))
        {
            return false;
        }

        if (text[0] == '[')
        {
            var isV6 = PlainAddress.TryV6(name.AsSpan(1, name.Length - 2), out var v6);
            host = isV6 ? new HostHeader(v6.ToString(), v6, port) : default;
            return isV6;
        }

        return TryName(name.ToLowerInvariant(), port, out host);
    }

    private static bool TryName(string name, int? port, out HostHeader host)
    {
        host = default;
        if (name.Length is 0 or > LongestName || name.AsSpan().ContainsAnyExcept(NameSymbols))
        {
            return false;
        }

        if (IPAddress.TryParse(name, out _))
        {
            var isCanonical = PlainAddress.TryV4(name, out var address);
            host = isCanonical ? new HostHeader(name, address, port) : default;
            return isCanonical;
        }

        host = new HostHeader(name, null, port);
        return name.Split('.').All(label => label.Length is > 0 and <= LongestLabel && label[0] != '-' && label[^1] != '-');
    }

    private static bool TryPort(ReadOnlySpan<char> text, out int? port)
    {
        port = null;
        if (text.IsEmpty)
        {
            return true;
        }

        var wellFormed = ushort.TryParse(text[1..], NumberStyles.None, CultureInfo.InvariantCulture, out var number) && text[0] == ':';
        port = number;
        return wellFormed;
    }
}
