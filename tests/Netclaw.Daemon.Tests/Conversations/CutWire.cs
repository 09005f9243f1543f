using System.Net;
using System.Net.Sockets;

namespace Netclaw.Daemon.Tests.Conversations;

/// <summary>A wire to a gateway that can be cut: whoever spoke over it has to come again.</summary>
internal sealed class CutWire : IAsyncDisposable
{
    private readonly IPEndPoint _gateway;
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();
    private readonly Lock _gate = new();
    private readonly List<Socket> _open = [];
    private readonly Task _accepting;

    public CutWire(IPEndPoint gateway)
    {
        _gateway = gateway;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public string Address => $"http://{_listener.LocalEndpoint}";

    /// <summary>How often somebody came.</summary>
    public int Carried { get; private set; }

    public void Cut()
    {
        Socket[] open;
        lock (_gate)
        {
            open = [.. _open];
            _open.Clear();
        }

        Array.ForEach(open, socket => socket.Dispose());
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        _listener.Dispose();
        Cut();
        await _accepting;
        _end.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var client = await _listener.AcceptSocketAsync(_end.Token);
                var gateway = new Socket(SocketType.Stream, ProtocolType.Tcp);
                await gateway.ConnectAsync(_gateway, _end.Token);
                lock (_gate)
                {
                    Carried++;
                    _open.AddRange([client, gateway]);
                }

                _ = CarryAsync(client, gateway);
                _ = CarryAsync(gateway, client);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // Closed by the test.
        }
    }

    private async Task CarryAsync(Socket from, Socket to)
    {
        try
        {
            var buffer = new byte[64 * 1024];
            while (await from.ReceiveAsync(buffer, _end.Token) is > 0 and var read)
            {
                for (var sent = 0; sent < read;)
                {
                    sent += await to.SendAsync(buffer.AsMemory(sent, read - sent), _end.Token);
                }
            }

            to.Shutdown(SocketShutdown.Send);
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // Cut.
        }
    }
}
