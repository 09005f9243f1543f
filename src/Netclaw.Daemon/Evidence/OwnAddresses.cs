using System.Collections.Frozen;
using System.Net;
using Netclaw.Actors.Trust;
using Netclaw.Actors.Trust.Reading;

namespace Netclaw.Daemon.Evidence;

/// <summary>Whether an address is this very machine: loopback, or one of its interfaces' addresses, listed anew every few seconds at most.</summary>
public sealed class OwnAddresses(IHostInterfaces interfaces, TimeProvider time)
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

        return _listing = new Listing(now, interfaces.Addresses()?.Select(PlainAddress.Of).ToFrozenSet());
    }

    private sealed record Listing(long At, FrozenSet<IPAddress>? Addresses);
}
