using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Net.WebSockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Netclaw.Benchmarks.Gateway;

/// <summary>
/// The gateway protocol's controls: WebSockets that hold no buffer while they wait; a loop that sends what one client says to all others; and a relay in two hops that looks at
/// nothing but the four digits in front of a message, which say to whom it goes.
/// </summary>
internal static class BareWire
{
    public const int AddressDigits = 4;

    /// <summary>The first that one of the crowd reads: what is said from then on reaches it.</summary>
    private static readonly ReadOnlyMemory<byte> Welcome = "in"u8.ToArray();

    private static readonly ConcurrentBag<WebSocket> Crowd = [];
    private static readonly Place?[] Places = new Place?[10_000];

    public static void Map(WebApplication app)
    {
        app.Map("/bare/idle", http => ServeAsync(http, static (_, _) => ValueTask.CompletedTask));
        app.Map("/bare/crowd", http => ServeAsync(http, static (_, _) => ValueTask.CompletedTask, static socket =>
        {
            Crowd.Add(socket);
            return socket.SendAsync(Welcome, WebSocketMessageType.Text, true, CancellationToken.None);
        }));
        app.Map("/bare/say", http => ServeAsync(http, static async (_, said) =>
        {
            foreach (var socket in Crowd)
            {
                await socket.SendAsync(said, WebSocketMessageType.Text, true, CancellationToken.None);
            }
        }));
        app.Map("/bare/relay/{number:int}", http => ServeAsync(
            http,
            static (_, said) => Utf8Parser.TryParse(said.Span[..AddressDigits], out int to, out var _) && Places[to] is { } place ? place.SendAsync(said) : ValueTask.CompletedTask,
            socket =>
            {
                Places[int.Parse((string)http.Request.RouteValues["number"]!, System.Globalization.CultureInfo.InvariantCulture)] = new Place(socket);
                return ValueTask.CompletedTask;
            }));
    }

    private static async Task ServeAsync(HttpContext http, Func<WebSocket, ReadOnlyMemory<byte>, ValueTask> heard, Func<WebSocket, ValueTask>? opened = null)
    {
        using var socket = await http.WebSockets.AcceptWebSocketAsync();
        await (opened?.Invoke(socket) ?? ValueTask.CompletedTask);
        byte[]? buffer = null;
        while ((await socket.ReceiveAsync(Memory<byte>.Empty, CancellationToken.None)).MessageType != WebSocketMessageType.Close)
        {
            buffer ??= new byte[4096];
            var received = await socket.ReceiveAsync(buffer.AsMemory(), CancellationToken.None);
            await heard(socket, buffer.AsMemory(0, received.Count));
        }
    }

    /// <summary>One writer at a time.</summary>
    private sealed class Place(WebSocket socket)
    {
        private readonly SemaphoreSlim _writing = new(1);

        public async ValueTask SendAsync(ReadOnlyMemory<byte> said)
        {
            await _writing.WaitAsync();
            try
            {
                await socket.SendAsync(said, WebSocketMessageType.Text, true, CancellationToken.None);
            }
            finally
            {
                _writing.Release();
            }
        }
    }
}
