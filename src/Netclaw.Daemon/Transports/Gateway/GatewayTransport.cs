using System.Buffers;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using Akka.Actor;
using Netclaw.Actors.Sessions;
using Netclaw.Daemon.Listeners;
using Netclaw.Protocol;
using Netclaw.Protocol.Frames;

namespace Netclaw.Daemon.Transports.Gateway;

/// <summary>A gateway WebSocket under one session: what the session says, in the protocol's frames. What the client says is in the other half.</summary>
internal sealed partial class GatewayTransport : ISessionTransport
{
    /// <summary>How long a client may take to read its last words.</summary>
    private static readonly TimeSpan LastWords = TimeSpan.FromSeconds(1);

    private const int LongestReason = 123;
    private const int PolicyViolation = 1008;
    private const int LargestCopied = 4 * 1024;

    private readonly Lock _gate = new();
    private readonly WebSocket _socket;
    private readonly AcceptedConnection _accepted;
    private readonly GatewaySnapshots _snapshots;
    private readonly TimeProvider _time;
    private readonly OutboundQueue _outbound;
    private readonly TaskCompletionSource _last = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private ITimer? _closing;
    private long _sequence;

    public GatewayTransport(WebSocket socket, AcceptedConnection accepted, GatewaySnapshots snapshots, TimeProvider time)
    {
        _socket = socket;
        _accepted = accepted;
        _snapshots = snapshots;
        _time = time;
        _outbound = new OutboundQueue(WriteAsync, TooSlow);
    }

    public void Reply(long callId, CallResponse response)
    {
        Asked asked;
        lock (_gate)
        {
            if (!_open.Remove(callId, out asked!))
            {
                return;
            }
        }

        var isHello = callId == ConnectCall;
        if (isHello && response.Ok)
        {
            Welcome(asked.Id, response.Payload!.Value.Deserialize(ProtocolJson.Default.HelloOk)!);
        }
        else if (response.Ok)
        {
            _outbound.Add(new Outbound.Message(FrameWriter.Result(asked.Id, CallForms.Result(asked.Method, response.Payload))));
        }
        else
        {
            _outbound.Add(new Outbound.Message(FrameWriter.Error(asked.Id, ErrorForm.Of(response.Error!, asked.Method))));
        }

        Answered(isHello, response);
    }

    /// <summary>The protocol answers some calls twice, by the same id.</summary>
    public void ReplyFirst(long callId, CallResponse response)
    {
        lock (_gate)
        {
            if (_open.TryGetValue(callId, out var asked) && response.Ok)
            {
                _outbound.Add(new Outbound.Message(FrameWriter.Result(asked.Id, CallForms.Result(asked.Method, response.Payload))));
            }
        }
    }

    public void SendAlone(string eventName, JsonElement payload) => _outbound.Add(new Outbound.Message(FrameWriter.Event(eventName, payload, sequence: null)));

    public void Send(string eventName, JsonElement payload)
    {
        if (eventName == ConnectChallenge.EventName)
        {
            SendAlone(eventName, payload);
        }
        else if (CallForms.Event(eventName, payload) is { } form)
        {
            Broadcast(eventName, EventFrame.Of(eventName, form));
        }
    }

    public void Relay(SharedEvent said)
    {
        if (said.Frame is { } frame)
        {
            Broadcast(said.Name, frame);
        }
    }

    public void Promote()
    {
        _limit.Raise();
        _accepted.Place.Promote();
    }

    public void Close(int closeCode, CallError error) => _ = _unreadable ? Finish((int)WebSocketCloseStatus.NormalClosure, "") : Finish(closeCode, ErrorForm.CloseReason(error));

    public void Abort() => _accepted.Abort("ended by the session");

    /// <summary>The client has closed: it hears so much, and the connection is done with.</summary>
    public void ClosedByClient() => _ = Finish((int)WebSocketCloseStatus.NormalClosure, "");

    /// <summary>Once the last word is written, or nobody will read it any more.</summary>
    public Task WrittenAsync() => _closing is null ? Task.CompletedTask : _last.Task;

    private bool Finish(int code, string reason)
    {
        lock (_gate)
        {
            if (_gone || _closing is not null)
            {
                return false;
            }

            _closing = _time.CreateTimer(static self => ((GatewayTransport)self!).Abort(), this, LastWords, Timeout.InfiniteTimeSpan);
        }

        _outbound.Add(new Outbound.Close(code, Shortened(reason)));
        return true;
    }

    /// <summary>Events that another one will make up for are left out for a client that does not keep up; the number it skips tells it so.</summary>
    private void Broadcast(string name, EventFrame frame)
    {
        lock (_gate)
        {
            var numbered = new Outbound.Numbered(frame, ++_sequence);
            if (!IsMadeUpFor(name) || !_outbound.IsFullFor(numbered.Bytes))
            {
                _outbound.Add(numbered);
            }
        }
    }

    private static bool IsMadeUpFor(string name) => name is TickEvent.EventName or PresenceEvent.EventName or HealthResult.EventName;

    private void TooSlow()
    {
        _outbound.EndWith(new Outbound.Close(PolicyViolation, "slow consumer"));
        _closing ??= _time.CreateTimer(static self => ((GatewayTransport)self!).Abort(), this, LastWords, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Whoever is let in hears how the gateway is at once, as if it had just been told to everybody.</summary>
    private void Welcome(string id, HelloOk hello)
    {
        var snapshot = _snapshots.For(hello.Auth);
        _outbound.Add(new Outbound.Message(FrameWriter.Result(id, HelloForm.Of(hello, snapshot))));
        Broadcast(HealthResult.EventName, EventFrame.Of(HealthResult.EventName, snapshot.Health, snapshot.Version));
    }

    private async ValueTask WriteAsync(Outbound item)
    {
        try
        {
            switch (item)
            {
                case Outbound.Message message:
                    await _socket.SendAsync(message.Utf8, WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None).ConfigureAwait(false);
                    break;
                case Outbound.Numbered numbered:
                    await WriteAsync(numbered).ConfigureAwait(false);
                    break;
                case Outbound.Close close:
                    await _socket.CloseOutputAsync((WebSocketCloseStatus)close.Code, close.Reason, CancellationToken.None).ConfigureAwait(false);
                    _last.TrySetResult();
                    break;
                default:
                    throw new InvalidOperationException("a message or the close");
            }
        }
        catch (Exception e) when (e is WebSocketException or IOException or OperationCanceledException or ObjectDisposedException)
        {
            _last.TrySetResult(); // the reader hears of it as well, and says so
        }
    }

    /// <summary>Small ones in one piece. Of large ones the head, which every connection shares, is not copied: it goes out as the message's first part.</summary>
    private async ValueTask WriteAsync(Outbound.Numbered numbered)
    {
        var head = numbered.Said.Head;
        var shared = head.Length > LargestCopied;
        if (shared)
        {
            await _socket.SendAsync(head, WebSocketMessageType.Text, endOfMessage: false, CancellationToken.None).ConfigureAwait(false);
        }

        var copied = shared ? 0 : head.Length;
        var bytes = ArrayPool<byte>.Shared.Rent(copied + EventFrame.TailBytes);
        try
        {
            head.Span[..copied].CopyTo(bytes);
            var length = copied + EventFrame.WriteTail(numbered.Sequence, bytes.AsSpan(copied));
            await _socket.SendAsync(bytes.AsMemory(0, length), WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None).ConfigureAwait(false);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(bytes);
        }
    }

    private static string Shortened(string reason)
    {
        if (Encoding.UTF8.GetByteCount(reason) <= LongestReason)
        {
            return reason;
        }

        var end = Math.Min(reason.Length, LongestReason);
        while (Encoding.UTF8.GetByteCount(reason.AsSpan(0, end)) > LongestReason || char.IsHighSurrogate(reason[end - 1]))
        {
            end--;
        }

        return reason[..end];
    }
}
