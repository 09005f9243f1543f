using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Netclaw.Protocol.Tests.Client;

/// <summary>A listening socket that answers each connection with the same bytes, or never; it counts who came.</summary>
internal sealed class RawServer : IAsyncDisposable
{
    private readonly Socket _listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly CancellationTokenSource _stop = new();
    private readonly TaskCompletionSource _heard = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Task _loop;
    private int _accepted;

    private RawServer(string? answer, bool close)
    {
        _listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _listener.Listen();
        _loop = ServeAsync(answer, close);
    }

    public int Accepted => Volatile.Read(ref _accepted);

    /// <summary>Completes when the first request has arrived.</summary>
    public Task Heard => _heard.Task;

    public int Port => ((IPEndPoint)_listener.LocalEndPoint!).Port;

    public GatewayEndpoint Endpoint => new GatewayEndpoint.Http(new Uri($"http://127.0.0.1:{Port}"));

    public static RawServer Silent() => new(null, close: false);

    public static RawServer Answering(string answer) => new(answer, close: true);

    public static RawServer Hanging(string answer) => new(answer, close: false);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Dispose();
        await _loop;
    }

    private async Task ServeAsync(string? answer, bool close)
    {
        var open = new List<Socket>();
        try
        {
            while (true)
            {
                var socket = await _listener.AcceptAsync(_stop.Token);
                open.Add(socket);
                Interlocked.Increment(ref _accepted);
                await socket.ReceiveAsync(new byte[4096], _stop.Token);
                if (answer is not null)
                {
                    await socket.SendAsync(Encoding.ASCII.GetBytes(answer), _stop.Token);
                }

                _heard.TrySetResult();
                if (close)
                {
                    socket.Shutdown(SocketShutdown.Both);
                }
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            open.ForEach(socket => socket.Dispose());
        }
    }
}
