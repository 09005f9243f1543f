using System.Collections.Frozen;
using System.Net;
using System.Net.NetworkInformation;
using Netclaw.Actors.Trust;

namespace Netclaw.Daemon.Evidence;

/// <summary>Whether an address is this very machine: loopback, or one of its interfaces' addresses, listed anew every few seconds at most.</summary>
public sealed class OwnAddresses(TimeProvider time)
{
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(5);

    private volatile Listing? _listing;

    public RemotePlace PlaceOf(IPAddress address) => IPAddress.IsLoopback(address) ? RemotePlace.Loopback
        : Current().Addresses is not { } own ? RemotePlace.Unlisted
        : own.Contains(address) ? RemotePlace.OwnInterface
        : RemotePlace.Elsewhere;

    private Listing Current()
    {
        var now = time.GetTimestamp();
        if (_listing is { } listing && time.GetElapsedTime(listing.At, now) < Fresh)
        {
            return listing;
        }

        return _listing = new Listing(now, List());
    }

    /// <summary>Null when the interfaces cannot be listed: unknown is not one's own.</summary>
    private static FrozenSet<IPAddress>? List()
    {
        try
        {
            return NetworkInterface.GetAllNetworkInterfaces()
                .SelectMany(nic => nic.GetIPProperties().UnicastAddresses)
                .Select(unicast => Normalized(unicast.Address))
                .ToFrozenSet();
        }
        catch (NetworkInformationException)
        {
            return null;
        }
    }

    /// <summary>IPv4-mapped IPv6 as IPv4, no scope id.</summary>
    public static IPAddress Normalized(IPAddress address) => address switch
    {
        { IsIPv4MappedToIPv6: true } => address.MapToIPv4(),
        { AddressFamily: System.Net.Sockets.AddressFamily.InterNetworkV6, ScopeId: not 0 } => new IPAddress(address.GetAddressBytes()),
        _ => address,
    };

    private sealed record Listing(long At, FrozenSet<IPAddress>? Addresses);
}
