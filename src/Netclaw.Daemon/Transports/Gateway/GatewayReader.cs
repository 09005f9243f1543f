using System.Buffers;
using System.Net.WebSockets;
using Netclaw.Protocol.Frames;

namespace Netclaw.Daemon.Transports.Gateway;

/// <summary>
/// Reads whole messages off a WebSocket, text or binary, each within the limit of the moment. A silent connection holds no buffer: one is rented when something comes.
/// </summary>
internal static class GatewayReader
{
    private const int Chunk = 4 * 1024;

    /// <returns>Why it is over, for people.</returns>
    public static async Task<string> RunAsync(WebSocket socket, GatewayTransport transport)
    {
        try
        {
            while (await ReadMessage(socket, transport).ConfigureAwait(false))
            {
            }

            return "the client closed the connection";
        }
        catch (WebSocketException e)
        {
            return $"the connection broke: {e.WebSocketErrorCode}";
        }
        catch (OperationCanceledException)
        {
            return "the connection was cut";
        }
        catch (IOException)
        {
            return "the connection broke";
        }
    }

    /// <returns>False once the client has closed.</returns>
    private static async Task<bool> ReadMessage(WebSocket socket, GatewayTransport transport)
    {
        var something = await socket.ReceiveAsync(Memory<byte>.Empty, CancellationToken.None).ConfigureAwait(false);
        if (something.MessageType == WebSocketMessageType.Close)
        {
            transport.ClosedByClient();
            return false;
        }

        if (something.EndOfMessage)
        {
            transport.Receive([]); // a message of nothing is over with the first look at it
            return true;
        }

        var buffer = ArrayPool<byte>.Shared.Rent(Chunk);
        try
        {
            for (var length = 0; ;)
            {
                var received = await socket.ReceiveAsync(buffer.AsMemory(length), CancellationToken.None).ConfigureAwait(false);
                if (received.MessageType == WebSocketMessageType.Close)
                {
                    transport.ClosedByClient();
                    return false;
                }

                length += received.Count;
                if (length > transport.MessageBytes)
                {
                    // The rest of it is read and let go of: the close frame has to be read by the client, who is still writing.
                    transport.TooLarge();
                    length = 0;
                }

                if (received.EndOfMessage)
                {
                    transport.Receive(buffer.AsSpan(0, length));
                    return true;
                }

                if (length == buffer.Length)
                {
                    buffer = Grown(buffer, length);
                }
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer, clearArray: true); // it may have held a credential
        }
    }

    private static byte[] Grown(byte[] buffer, int length)
    {
        var larger = ArrayPool<byte>.Shared.Rent(checked(buffer.Length * 2));
        buffer.AsSpan(0, length).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(buffer, clearArray: true);
        return larger;
    }
}
