using System.Buffers;
using System.Net;
using System.Net.Sockets;

namespace Netclaw.Actors.Trust.Reading;

/// <summary>Addresses in the one form that they are compared in, and texts that spell one.</summary>
public static class PlainAddress
{
    private static readonly SearchValues<char> V4Symbols = SearchValues.Create("0123456789.");
    private static readonly SearchValues<char> V6Symbols = SearchValues.Create("0123456789abcdefABCDEF:.");

    /// <summary>IPv4-mapped IPv6 as IPv4; no zone, for it names an interface of one machine and not an address.</summary>
    public static IPAddress Of(IPAddress address) => address switch
    {
        { IsIPv4MappedToIPv6: true } => address.MapToIPv4(),
        { AddressFamily: AddressFamily.InterNetworkV6, ScopeId: not 0 } => new IPAddress(address.GetAddressBytes()),
        _ => address,
    };

    public static IPEndPoint? Of(IPEndPoint? endpoint) => endpoint is null ? null : new IPEndPoint(Of(endpoint.Address), endpoint.Port);

    /// <summary>Parsers take 127.1, 0x7f.1, 0177.0.0.1 and 2130706433 for addresses as well; only the spelling that people write counts.</summary>
    public static bool TryV4(ReadOnlySpan<char> text, out IPAddress address)
    {
        if (text.ContainsAnyExcept(V4Symbols) || !IPAddress.TryParse(text, out var parsed) || parsed.AddressFamily != AddressFamily.InterNetwork)
        {
            address = IPAddress.None;
            return false;
        }

        address = parsed;
        return text.SequenceEqual(parsed.ToString());
    }

    /// <summary>Any spelling (RFC 4291 section 2.2), without brackets and without a zone; as IPv4 when it is mapped.</summary>
    public static bool TryV6(ReadOnlySpan<char> text, out IPAddress address)
    {
        var isV6 = !text.ContainsAnyExcept(V6Symbols) && text.Contains(':') && IPAddress.TryParse(text, out address!);
        address = isV6 ? Of(IPAddress.Parse(text)) : IPAddress.None;
        return isV6;
    }
}
