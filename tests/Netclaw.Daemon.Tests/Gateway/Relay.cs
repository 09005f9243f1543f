using System.Net;
using System.Net.Sockets;

namespace Netclaw.Daemon.Tests.Gateway;

/// <summary>A loopback port whose connections are carried on to another place, and can be cut. What it does with them on the way is its kind's.</summary>
internal abstract class Relay : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();
    private readonly List<Socket> _open = [];
    private readonly Task _accepting;

    /// <summary>Nobody knows the port before the constructor of the kind is through.</summary>
    protected Relay()
    {
        _listener.Start();
        _accepting = AcceptAsync();
    }

    protected IPEndPoint Local => (IPEndPoint)_listener.LocalEndpoint;

    protected Lock Gate { get; } = new();

    protected CancellationToken Ended => _end.Token;

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        _listener.Dispose();
        CutAll();
        await _accepting;
        _end.Dispose();
    }

    /// <summary>Until the client goes, or the wire; a <see cref="SocketException"/> means that.</summary>
    protected abstract Task CarryAsync(Socket client);

    /// <summary>From now on they are cut with all others.</summary>
    protected void Keep(params Socket[] sockets)
    {
        lock (Gate)
        {
            _open.AddRange(sockets);
        }
    }

    protected void CutAll()
    {
        Socket[] open;
        lock (Gate)
        {
            open = [.. _open];
            _open.Clear();
        }

        Array.ForEach(open, socket => socket.Dispose());
    }

    protected async Task SendAsync(Socket to, ReadOnlyMemory<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            bytes = bytes[await to.SendAsync(bytes, Ended)..];
        }
    }

    /// <summary>What either says is carried to the other as it is, until both have said their last.</summary>
    protected Task BothWaysAsync(Socket one, Socket other) => Task.WhenAll(OneWayAsync(one, other), OneWayAsync(other, one));

    private async Task OneWayAsync(Socket from, Socket to)
    {
        var buffer = new byte[64 * 1024];
        while (await from.ReceiveAsync(buffer, Ended) is > 0 and var read)
        {
            await SendAsync(to, buffer.AsMemory(0, read));
        }

        to.Shutdown(SocketShutdown.Send);
    }

    private static bool IsCut(Exception e) => e is OperationCanceledException or SocketException or ObjectDisposedException;

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                _ = CarriedAsync(await _listener.AcceptSocketAsync(Ended));
            }
        }
        catch (Exception e) when (IsCut(e))
        {
            // Closed by the test.
        }
    }

    private async Task CarriedAsync(Socket client)
    {
        try
        {
            await CarryAsync(client);
        }
        catch (Exception e) when (IsCut(e))
        {
            // Cut here, or by either side.
        }
    }
}
