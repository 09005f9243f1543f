using System.Net;
using System.Net.Sockets;
using Netclaw.Daemon.Tests.Gateway;

namespace Netclaw.Daemon.Tests.Conversations;

/// <summary>A wire to a gateway that can be cut: whoever spoke over it has to come again.</summary>
internal sealed class CutWire(IPEndPoint gateway) : Relay
{
    private int _carried;

    public string Address => $"http://{Local}";

    /// <summary>How often somebody came.</summary>
    public int Carried => Volatile.Read(ref _carried);

    public void Cut() => CutAll();

    protected override async Task CarryAsync(Socket client)
    {
        var server = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await server.ConnectAsync(gateway, Ended);
        Interlocked.Increment(ref _carried);
        Keep(client, server);
        await BothWaysAsync(client, server);
    }
}
