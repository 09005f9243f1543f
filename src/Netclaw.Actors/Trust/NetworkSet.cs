using System.Collections.Immutable;
using System.Net;
using System.Net.Sockets;

namespace Netclaw.Actors.Trust;

/// <summary>Addresses and ranges, as <c>trustedProxies</c> lists them. Immutable; IPv4-mapped IPv6 is read as IPv4.</summary>
public sealed class NetworkSet
{
    private readonly ImmutableArray<IPNetwork> _networks;

    private NetworkSet(ImmutableArray<IPNetwork> networks) => _networks = networks;

    public static NetworkSet Empty { get; } = new([]);

    public ImmutableArray<IPNetwork> Networks => _networks;

    public bool IsEmpty => _networks.IsEmpty;

    public static NetworkSet Of(IEnumerable<IPNetwork> networks) => new([.. networks]);

    /// <summary>Reads <c>10.0.0.7</c>, <c>10.0.0.0/8</c>, <c>fd00::/16</c>. A range whose host bits are set (<c>10.0.0.1/8</c>) is a typo and none.</summary>
    public static bool TryParse(string text, out IPNetwork network)
    {
        network = default;
        if (IPNetwork.TryParse(text, out network))
        {
            return network.BaseAddress is not { IsIPv4MappedToIPv6: true } && IsCanonical(text[..text.IndexOf('/', StringComparison.Ordinal)], network.BaseAddress);
        }

        if (!IPAddress.TryParse(text, out var address) || !IsCanonical(text, address) || address.ScopeId() != 0)
        {
            return false;
        }

        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        network = new IPNetwork(plain, plain.AddressFamily == AddressFamily.InterNetwork ? 32 : 128);
        return true;
    }

    public bool Contains(IPAddress address)
    {
        foreach (var network in _networks)
        {
            if (network.Contains(address))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Listed by itself, as /32 or /128: somebody meant exactly this machine.</summary>
    public bool ContainsSingle(IPAddress address)
    {
        foreach (var network in _networks)
        {
            if (network.PrefixLength == (address.AddressFamily == AddressFamily.InterNetwork ? 32 : 128) && network.BaseAddress.Equals(address))
            {
                return true;
            }
        }

        return false;
    }

    public override string ToString() => string.Join(", ", _networks);

    /// <summary>Parsers take 127.1 and 0x7f000001 as well; only the spelling that people write counts for IPv4.</summary>
    private static bool IsCanonical(string text, IPAddress address) =>
        address.AddressFamily != AddressFamily.InterNetwork || text == address.ToString();
}

file static class AddressScope
{
    public static long ScopeId(this IPAddress address) => address.AddressFamily == AddressFamily.InterNetworkV6 ? address.ScopeId : 0;
}
