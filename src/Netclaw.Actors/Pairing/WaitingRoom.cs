using System.Net;
using System.Net.Sockets;
using Netclaw.Actors.Devices;

namespace Netclaw.Actors.Pairing;

/// <summary>Room for pending requests: a flood crowds out its own kind first.</summary>
public static class WaitingRoom
{
    public const int Places = 100;
    public const int PlacesPerAddress = 5;

    /// <summary>Who must go so that <paramref name="entrant"/> fits: the oldest of its own address, or of the busiest one.</summary>
    public static IEnumerable<PendingRequest> CrowdedOut(IEnumerable<PendingRequest> waiting, PendingRequest entrant)
    {
        var all = waiting.ToList();
        var home = Group(entrant.ClientAddress);
        while (all.Count(request => Group(request.ClientAddress).Equals(home)) >= PlacesPerAddress)
        {
            var oldest = Oldest(all.Where(request => Group(request.ClientAddress).Equals(home)));
            all.Remove(oldest);
            yield return oldest;
        }

        while (all.Count >= Places)
        {
            var busiest = all.GroupBy(request => Group(request.ClientAddress))
                .MaxBy(group => (group.Count(), -Oldest(group).LastAt.UtcTicks))!;
            var oldest = Oldest(busiest);
            all.Remove(oldest);
            yield return oldest;
        }
    }

    private static PendingRequest Oldest(IEnumerable<PendingRequest> requests) =>
        requests.MinBy(request => (request.LastAt, request.Id.ToString()))!;

    /// <summary>IPv6 counts per /64: one household has as many addresses as it likes.</summary>
    private static object Group(string clientAddress)
    {
        if (!IPAddress.TryParse(clientAddress, out var address) || address.AddressFamily != AddressFamily.InterNetworkV6)
        {
            return clientAddress;
        }

        Span<byte> bytes = stackalloc byte[16];
        return address.TryWriteBytes(bytes, out _) ? BitConverter.ToUInt64(bytes) : clientAddress;
    }
}
