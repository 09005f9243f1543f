using System.Net;
using System.Net.Sockets;
using Netclaw.Daemon.Tests.Gateway;

namespace Netclaw.Daemon.Tests.Nodes;

/// <summary>A way to a gateway that is open or shut: shut, whoever comes is let go at once, as by a machine whose gateway is down.</summary>
internal sealed class DoorWire(IPEndPoint gateway) : Relay
{
    private volatile bool _isOpen = true;

    public string Address => $"http://{Local}";

    public void Open() => _isOpen = true;

    public void Shut()
    {
        _isOpen = false;
        CutAll();
    }

    protected override async Task CarryAsync(Socket client)
    {
        if (!_isOpen)
        {
            client.Dispose();
            return;
        }

        var server = new Socket(SocketType.Stream, ProtocolType.Tcp);
        Keep(client, server);
        await server.ConnectAsync(gateway, Ended);
        await BothWaysAsync(client, server);
    }
}
