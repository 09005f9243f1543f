using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Netclaw.Daemon.Evidence;

/// <summary>A Host header, strictly (RFC 9110 section 7.2): a name or an address literal in its one canonical spelling, and perhaps a port.</summary>
/// <param name="Name">Lower case; an IPv6 address without its brackets.</param>
/// <param name="Address">Set when the name is an address literal.</param>
public readonly record struct HostHeader(string Name, IPAddress? Address, int? Port)
{
    private const int LongestName = 253;

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
            var literal = name[1..^1];
            var isV6 = IPAddress.TryParse(literal, out var v6) && v6.AddressFamily == AddressFamily.InterNetworkV6 && !literal.Contains('%');
            host = isV6 ? new HostHeader(v6!.ToString(), v6, port) : default;
            return isV6;
        }

        return TryName(name.ToLowerInvariant(), port, out host);
    }

    private static bool TryName(string name, int? port, out HostHeader host)
    {
        host = default;
        if (name.Length > LongestName || name.AsSpan().ContainsAnyExcept(NameSymbols))
        {
            return false;
        }

        // The parser takes 127.1, 0x7f.1 and 2130706433 for addresses as well; only the spelling that a client would write counts.
        if (IPAddress.TryParse(name, out var address))
        {
            var isCanonical = address.AddressFamily == AddressFamily.InterNetwork && address.ToString() == name;
            host = isCanonical ? new HostHeader(name, address, port) : default;
            return isCanonical;
        }

        host = new HostHeader(name, null, port);
        return name.Split('.').All(label => label.Length is > 0 and <= 63 && label[0] != '-' && label[^1] != '-');
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

    private static readonly System.Buffers.SearchValues<char> NameSymbols = System.Buffers.SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-._");
}
