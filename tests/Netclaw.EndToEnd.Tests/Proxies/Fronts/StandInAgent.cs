using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Netclaw.EndToEnd.Tests.Proxies.Fronts;

/// <summary>
/// STAND-IN for the agent of a tunnel (tailscaled, cloudflared): neither can be run without an account. It delivers requests from loopback in the
/// agent's shape (<see cref="TunnelShape"/>) and bytes after them as they are. What the real agents do beyond that is not tested here.
/// </summary>
internal sealed class StandInAgent : IAsyncDisposable
{
    private readonly TcpListener _listener;
    private readonly TunnelShape _shape;
    private readonly CancellationTokenSource _stop = new();
    private readonly TaskCompletionSource<IPEndPoint> _gateway = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Task _accepting;

    public StandInAgent(TunnelShape shape)
    {
        _shape = shape;
        _listener = new TcpListener(FreeEndPoint.OnLoopback().Address, 0);
        _listener.Start();
        _accepting = AcceptAsync();
    }

    /// <summary>What the public name leads to.</summary>
    public IPEndPoint EndPoint => (IPEndPoint)_listener.LocalEndpoint;

    /// <summary>Where the gateway listens, once it does.</summary>
    public void DeliverTo(IPEndPoint gateway) => _gateway.SetResult(gateway);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _accepting.WaitAsync(RawConnection.Bound);
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        var serving = new List<Task>();
        try
        {
            while (true)
            {
                serving.Add(ServeAsync(await _listener.AcceptTcpClientAsync(_stop.Token)));
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            await Task.WhenAll(serving);
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using var from = client;
        using var to = new TcpClient();
        try
        {
            var endpoint = await _gateway.Task.WaitAsync(_stop.Token);
            await to.ConnectAsync(endpoint, _stop.Token);
            var head = await HeadAsync(from.GetStream());
            await to.GetStream().WriteAsync(Encoding.Latin1.GetBytes(_shape.Rewrite(head)), _stop.Token);
            await Task.WhenAny(from.GetStream().CopyToAsync(to.GetStream(), _stop.Token), to.GetStream().CopyToAsync(from.GetStream(), _stop.Token));
        }
        catch (Exception e) when (e is IOException or SocketException or OperationCanceledException)
        {
            // One side hung up.
        }
    }

    private async Task<string> HeadAsync(NetworkStream stream)
    {
        var head = new StringBuilder();
        var one = new byte[1];
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            await stream.ReadExactlyAsync(one, _stop.Token);
            head.Append((char)one[0]);
        }

        return head.ToString();
    }
}
