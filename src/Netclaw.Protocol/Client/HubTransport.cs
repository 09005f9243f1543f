using System.Buffers;
using System.IO.Pipelines;
using System.Net;
using System.Net.WebSockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http.Features;

namespace Netclaw.Protocol;

/// <summary>
/// A WebSocket as the duplex pipe that the hub client reads and writes. Text frames both ways; a message that exceeds
/// <see cref="Limits.MessageBytes"/> ends the connection, because the hub client itself would buffer without end.
/// </summary>
internal sealed class HubTransport : ConnectionContext, IConnectionFactory
{
    private const byte RecordSeparator = 0x1e; // ends a message of the hub's JSON protocol
    private const int ReadSize = 4096;
    private static readonly TimeSpan Goodbye = TimeSpan.FromSeconds(1);

    private readonly WebSocket _socket;
    private readonly Pipe _incoming = new();
    private readonly Pipe _outgoing = new();
    private readonly CancellationTokenSource _cut = new();
    private readonly Task _loops;
    private int _disposed;

    public HubTransport(WebSocket socket)
    {
        _socket = socket;
        Transport = new Duplex(_incoming.Reader, _outgoing.Writer);
        _loops = Task.WhenAll(ReceiveAsync(), SendAsync());
    }

    public override IDuplexPipe Transport { get; set; }

    public override string ConnectionId { get; set; } = "";

    public override IFeatureCollection Features { get; } = new FeatureCollection();

    public override IDictionary<object, object?> Items { get; set; } = new Dictionary<object, object?>();

    /// <summary>The hub client asks for its connection once; it is already open.</summary>
    public ValueTask<ConnectionContext> ConnectAsync(EndPoint endpoint, CancellationToken cancellationToken = default) => new(this);

    public override void Abort() => _cut.Cancel();

    public override async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
        {
            return;
        }

        // Ending the output lets the send loop write what it has and say goodbye; nobody waits for the other side's goodbye.
        await _outgoing.Writer.CompleteAsync().ConfigureAwait(false);
        await _incoming.Reader.CompleteAsync().ConfigureAwait(false);
        _cut.CancelAfter(Goodbye);
        await _loops.ConfigureAwait(false);
        _socket.Dispose();
    }

    private async Task ReceiveAsync()
    {
        Exception? failure = null;
        try
        {
            long unfinished = 0;
            while (true)
            {
                var memory = _incoming.Writer.GetMemory(ReadSize);
                var received = await _socket.ReceiveAsync(memory, _cut.Token).ConfigureAwait(false);
                if (received.MessageType == WebSocketMessageType.Close)
                {
                    break;
                }

                var end = memory.Span[..received.Count].LastIndexOf(RecordSeparator);
                unfinished = end < 0 ? unfinished + received.Count : received.Count - end - 1;
                if (unfinished > Limits.MessageBytes)
                {
                    throw new InvalidDataException("the gateway sent a message larger than both sides allow");
                }

                _incoming.Writer.Advance(received.Count);
                if ((await _incoming.Writer.FlushAsync(_cut.Token).ConfigureAwait(false)).IsCompleted)
                {
                    break;
                }
            }
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException or InvalidDataException or ObjectDisposedException)
        {
            failure = e is OperationCanceledException ? null : e;
        }

        await _incoming.Writer.CompleteAsync(failure).ConfigureAwait(false);
        _outgoing.Reader.CancelPendingRead();
    }

    private async Task SendAsync()
    {
        try
        {
            while (true)
            {
                var read = await _outgoing.Reader.ReadAsync(_cut.Token).ConfigureAwait(false);
                if (!read.Buffer.IsEmpty)
                {
                    var message = read.Buffer.IsSingleSegment ? read.Buffer.First : read.Buffer.ToArray();
                    await _socket.SendAsync(message, WebSocketMessageType.Text, endOfMessage: true, _cut.Token).ConfigureAwait(false);
                }

                _outgoing.Reader.AdvanceTo(read.Buffer.End);
                if (read.IsCompleted || read.IsCanceled)
                {
                    break;
                }
            }

            await _socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, _cut.Token).ConfigureAwait(false);
            await _cut.CancelAsync().ConfigureAwait(false);
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException or ObjectDisposedException or InvalidOperationException)
        {
            // The connection is gone. What the gateway said before is still read, and tells why.
        }

        await _outgoing.Reader.CompleteAsync().ConfigureAwait(false);
    }

    private sealed record Duplex(PipeReader Input, PipeWriter Output) : IDuplexPipe;
}
