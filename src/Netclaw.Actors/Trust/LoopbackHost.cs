using System.Net;

namespace Netclaw.Actors.Trust;

/// <summary>Whether a Host header can only have been written by a client on this machine's own socket or loopback.</summary>
public static class LoopbackHost
{
    /// <summary>
    /// True for no Host, <c>localhost</c>, the control socket's file name, and loopback literals, each with or without a port. A name that a
    /// resolver would have to look up is never local, whatever it resolves to.
    /// </summary>
    public static bool IsLocal(string? host)
    {
        if (string.IsNullOrEmpty(host))
        {
            return true;
        }

        var name = WithoutPort(host);
        return name.Equals("localhost", StringComparison.OrdinalIgnoreCase)
            || name.Equals("control.sock", StringComparison.OrdinalIgnoreCase)
            || (IPAddress.TryParse(name, out var address) && IsCanonical(name, address) && IPAddress.IsLoopback(address));
    }

    private static ReadOnlySpan<char> WithoutPort(string host)
    {
        var end = host.StartsWith('[') ? host.IndexOf(']') + 1 : host.IndexOf(':');
        if (end <= 0)
        {
            return host;
        }

        var port = host.AsSpan(end);
        var wellFormed = port.IsEmpty || (port[0] == ':' && !port[1..].ContainsAnyExceptInRange('0', '9'));
        return wellFormed ? host.AsSpan(0, end).Trim("[]") : host;
    }

    /// <summary>Parsers accept 127.1 and 0x7f000001 as well; only the spelling a client would write counts.</summary>
    private static bool IsCanonical(ReadOnlySpan<char> name, IPAddress address) =>
        name.Equals(address.ToString(), StringComparison.OrdinalIgnoreCase);
}
