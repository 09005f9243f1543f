using System.Globalization;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Text;

namespace Netclaw.EndToEnd.Tests.Proxies.Fronts;

/// <summary>A connection that sends any bytes: what no HTTP client would.</summary>
internal sealed class RawConnection : IAsyncDisposable
{
    public static readonly TimeSpan Bound = TimeSpan.FromSeconds(20);

    private RawConnection(Stream stream, string host)
    {
        Stream = stream;
        Host = host;
    }

    public Stream Stream { get; }

    /// <summary>What it writes as Host.</summary>
    public string Host { get; }

    /// <param name="socket">Where the connection begins; null: this machine, any address.</param>
    public static async Task<RawConnection> OpenAsync(Proxy proxy, Socket? socket = null)
    {
        var plain = await OpenAsync(proxy.Place.Listen, socket);
        return new RawConnection(await proxy.Certificate.SecureAsync(plain.Stream, proxy.Place.Listen.Address.ToString()).WaitAsync(Bound), plain.Host);
    }

    /// <param name="host">What it writes as Host; null: the address, as an honest client does.</param>
    public static async Task<RawConnection> OpenAsync(IPEndPoint endpoint, Socket? socket = null, string? host = null)
    {
        socket ??= new Socket(endpoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(endpoint).WaitAsync(Bound);
        return new RawConnection(new NetworkStream(socket, ownsSocket: true), host ?? endpoint.ToString());
    }

    /// <summary>The same connection, asking for another name.</summary>
    public RawConnection Renamed(string host) => new(Stream, host);

    public Task SendAsync(string text) => Stream.WriteAsync(Encoding.Latin1.GetBytes(text)).AsTask().WaitAsync(Bound);

    /// <summary>Everything up to and with the empty line; null when the other side closed before it.</summary>
    public async Task<RawAnswer?> AnswerAsync()
    {
        var head = new List<byte>();
        var one = new byte[1];
        while (!EndsHead(head))
        {
            try
            {
                if (await Stream.ReadAsync(one).AsTask().WaitAsync(Bound) == 0)
                {
                    return null;
                }
            }
            catch (IOException)
            {
                return null;
            }

            head.Add(one[0]);
        }

        return RawAnswer.Of(Encoding.Latin1.GetString([.. head]));
    }

    /// <summary>Says that nothing more is coming and lets the other side finish, for a moment.</summary>
    public async Task FinishAsync()
    {
        using var moment = new CancellationTokenSource(TimeSpan.FromSeconds(1));
        try
        {
            await (Stream is SslStream secure ? secure.ShutdownAsync() : Task.CompletedTask).WaitAsync(moment.Token);
            var buffer = new byte[4096];
            while (await Stream.ReadAsync(buffer, moment.Token) > 0)
            {
            }
        }
        catch (Exception e) when (e is IOException or OperationCanceledException)
        {
            // It was not polite; nothing is left to wait for.
        }
    }

    public ValueTask DisposeAsync() => Stream.DisposeAsync();

    private static bool EndsHead(List<byte> head) => head.Count >= 4 && head[^4] == '\r' && head[^3] == '\n' && head[^2] == '\r' && head[^1] == '\n';
}

/// <summary>The head of an answer.</summary>
internal sealed record RawAnswer(int Status, string Head)
{
    public static RawAnswer Of(string head) => new(int.Parse(head.AsSpan(9, 3), NumberStyles.None, CultureInfo.InvariantCulture), head);
}
