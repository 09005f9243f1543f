using System.Net;
using System.Net.Sockets;

namespace Netclaw.EndToEnd.Tests.Proxies.Fronts;

/// <summary>The other host is one: its packets come with its own addresses, and it is gone afterwards.</summary>
public sealed class NetworkPairTests
{
    [OtherHostFact]
    public async Task OtherHost_HasAddressesOfItsOwn_AndLeavesNothing()
    {
        var pair = NetworkPair.Create();
        try
        {
            using var listener = new TcpListener(pair.Gateway, 0);
            listener.Start();
            foreach (var address in (IPAddress[])[pair.Proxy, pair.Neighbour])
            {
                using var socket = await pair.SocketAtAsync(address);
                await socket.ConnectAsync(listener.LocalEndpoint).WaitAsync(RawConnection.Bound);
                using var accepted = await listener.AcceptSocketAsync().WaitAsync(RawConnection.Bound);
                Assert.Equal(address, ((IPEndPoint)accepted.RemoteEndPoint!).Address);
            }
        }
        finally
        {
            pair.Dispose();
        }

        Assert.False(File.Exists("/run/netns/" + pair.Namespace));
    }
}
