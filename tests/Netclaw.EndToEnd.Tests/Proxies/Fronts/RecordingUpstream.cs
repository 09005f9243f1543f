using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Netclaw.EndToEnd.Tests.Proxies.Fronts;

/// <summary>
/// Stands where the gateway stands, writes down what a proxy really sends, byte for byte, and answers: a WebSocket with an echo of its bytes, anything
/// else with 200. It shows what a configuration does before any rule of the gateway's own can help.
/// </summary>
internal sealed class RecordingUpstream : IAsyncDisposable
{
    private static readonly byte[] Ok = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok"u8.ToArray();

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentQueue<RecordedRequest> _heard = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _accepting;

    public RecordingUpstream()
    {
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public IPEndPoint EndPoint => (IPEndPoint)_listener.LocalEndpoint;

    /// <summary>Everything heard so far that carries this marker.</summary>
    public IReadOnlyList<RecordedRequest> Heard(string marker) => [.. _heard.Where(request => request.Bytes.Contains(marker, StringComparison.Ordinal))];

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
        using var _ = client;
        var stream = client.GetStream();
        var bytes = new StringBuilder();
        var buffer = new byte[16 * 1024];
        try
        {
            while (!bytes.ToString().Contains("\r\n\r\n", StringComparison.Ordinal))
            {
                var read = await stream.ReadAsync(buffer, _stop.Token);
                if (read == 0)
                {
                    return;
                }

                bytes.Append(Encoding.Latin1.GetString(buffer, 0, read));
            }

            var request = new RecordedRequest(bytes.ToString());
            _heard.Enqueue(request);
            await stream.WriteAsync(request.Has("upgrade") ? Upgrade.Granted : Ok, _stop.Token);
            while (request.Has("upgrade") && await stream.ReadAsync(buffer, _stop.Token) is > 0 and var more)
            {
                await stream.WriteAsync(buffer.AsMemory(0, more), _stop.Token);
            }
        }
        catch (Exception e) when (e is IOException or OperationCanceledException)
        {
            // The proxy hung up.
        }
    }
}

/// <summary>What arrived, head first.</summary>
internal sealed record RecordedRequest(string Bytes)
{
    private string[] Lines => Bytes[..Bytes.IndexOf("\r\n\r\n", StringComparison.Ordinal)].Split("\r\n");

    public string Target => Lines[0].Split(' ')[1];

    /// <summary>Names as they were written, values without the blanks around them.</summary>
    public IEnumerable<(string Name, string Value)> Headers => Lines.Skip(1).Select(line => (line.Split(':')[0], line[(line.IndexOf(':') + 1)..].Trim()));

    public bool Has(string name) => Values(name).Length > 0;

    public string[] Values(string name) => [.. Headers.Where(header => header.Name.Equals(name, StringComparison.OrdinalIgnoreCase)).Select(header => header.Value)];
}
