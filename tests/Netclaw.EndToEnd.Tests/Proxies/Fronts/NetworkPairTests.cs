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

    [OtherHostFact]
    public void OtherHostOfATestThatWasKilled_IsRemovedByTheNext()
    {
        // No process has this number: pids end at 2^22 (proc(5), pid_max).
        var left = $"netclaw-{(1 << 22) + Random.Shared.Next(1 << 20)}-1-0";
        using (var made = System.Diagnostics.Process.Start(NetworkPair.Ip, ["netns", "add", left]))
        {
            made.WaitForExit();
        }

        Assert.True(File.Exists("/run/netns/" + left));
        using var pair = NetworkPair.Create();

        Assert.False(File.Exists("/run/netns/" + left));
        Assert.True(File.Exists("/run/netns/" + pair.Namespace));
    }
}
