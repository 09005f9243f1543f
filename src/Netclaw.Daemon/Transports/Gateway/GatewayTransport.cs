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
        if (response.Ok)
        {
            var payload = isHello ? Hello(response.Payload!.Value) : CallForms.Result(asked.Method, response.Payload);
            _outbound.Add(new Outbound.Message(FrameWriter.Result(asked.Id, payload)));
        }
        else
        {
            _outbound.Add(new Outbound.Message(FrameWriter.Error(asked.Id, ErrorForm.Of(response.Error!, asked.Method))));
        }

        Answered(isHello, response);
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
            Broadcast(eventName, form);
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
    private void Broadcast(string name, JsonElement payload)
    {
        lock (_gate)
        {
            var frame = FrameWriter.Event(name, payload, ++_sequence);
            if (!IsMadeUpFor(name) || !_outbound.IsFullFor(frame.Length))
            {
                _outbound.Add(new Outbound.Message(frame));
            }
        }
    }

    private static bool IsMadeUpFor(string name) => name is TickEvent.EventName or "presence" or "health";

    private void TooSlow()
    {
        _outbound.EndWith(new Outbound.Close(PolicyViolation, "slow consumer"));
        _closing ??= _time.CreateTimer(static self => ((GatewayTransport)self!).Abort(), this, LastWords, Timeout.InfiniteTimeSpan);
    }

    private JsonElement Hello(JsonElement own)
    {
        var hello = own.Deserialize(ProtocolJson.Default.HelloOk)!;
        return HelloForm.Of(hello, _snapshots.For(hello.Auth));
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
