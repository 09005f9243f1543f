using System.Text.Json;
using Akka.Actor;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;
using Netclaw.Actors.Sessions;
using Netclaw.Daemon.Listeners;
using Netclaw.Protocol;

namespace Netclaw.Daemon.Transports;

/// <summary>The hub connection under one session. Inputs said before the session's actor is known wait for it.</summary>
internal sealed class SignalRTransport : ISessionTransport
{
    private const string EventMethod = "Event";

    /// <summary>How long a client may take to read its last words.</summary>
    private static readonly TimeSpan LastWords = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private readonly Dictionary<long, TaskCompletionSource<CallReply>> _open = [];
    private readonly HubConnectionContext _hub;
    private readonly AcceptedConnection _accepted;
    private readonly MessageLimit _limit;
    private readonly TimeProvider _time;
    private readonly OutboundQueue _outbound;
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly SessionInbox _session = new();
    private ITimer? _closing;
    private long _lastCall;
    private bool _gone;

    public SignalRTransport(HubConnectionContext hub, AcceptedConnection accepted, MessageLimit limit, TimeProvider time)
    {
        _hub = hub;
        _accepted = accepted;
        _limit = limit;
        _time = time;
        _outbound = new OutboundQueue(WriteAsync, () => accepted.Abort("the client does not read what it is sent"));
        limit.OnExceeded(() => Tell(new SessionInput.Violated(
            time.GetUtcNow(), RefusalCode.MessageTooLarge, $"a message of more than {limit.Bytes} bytes")));
    }

    /// <summary>The session's actor is there: what was said before goes to it first.</summary>
    public void Attach(IActorRef session)
    {
        lock (_gate)
        {
            _session.Attach(session);
        }
    }

    /// <summary>From the client. Completes when the session answers.</summary>
    public Task<CallReply> Call(string method, JsonElement parameters)
    {
        // The hub goes on in the thread that answers: it writes at once, without a thread change. Never completed under the lock.
        var call = new TaskCompletionSource<CallReply>();
        lock (_gate)
        {
            if (_gone)
            {
                return Task.FromResult(Unanswered());
            }

            var id = ++_lastCall;
            _open[id] = call;
            _session.Tell(new SessionInput.CallReceived(_time.GetUtcNow(), id, method, parameters));
        }

        return call.Task;
    }

    /// <summary>The oldest must make room.</summary>
    public void Cut(CutCause cause)
    {
        var now = _time.GetUtcNow();
        Tell(cause == CutCause.Evicted ? new SessionInput.Evicted(now) : new SessionInput.DeadlinePassed(now, _accepted.Deadline));
    }

    /// <summary>The connection is over; the last input.</summary>
    public void Gone(string cause)
    {
        TaskCompletionSource<CallReply>[] open;
        lock (_gate)
        {
            if (_gone)
            {
                return;
            }

            _gone = true;
            open = [.. _open.Values];
            _open.Clear();
            _closing?.Dispose();
            _session.Tell(new SessionInput.TransportClosed(_time.GetUtcNow(), cause));
        }

        _ended.TrySetResult();
        foreach (var call in open)
        {
            call.TrySetResult(Unanswered());
        }
    }

    public void Reply(long callId, CallResponse response)
    {
        TaskCompletionSource<CallReply>? call;
        lock (_gate)
        {
            if (!_open.Remove(callId, out call))
            {
                return;
            }
        }

        _outbound.Add(new Outbound.Answer(call, response));
    }

    public void Send(string eventName, JsonElement payload) => _outbound.Add(new Outbound.Event(eventName, payload));

    public void Promote()
    {
        _limit.Raise();
        _accepted.Place.Promote();
    }

    public void Close(int closeCode, CallError error)
    {
        lock (_gate)
        {
            if (_gone || _closing is not null)
            {
                return;
            }

            _closing = _time.CreateTimer(static self => ((SignalRTransport)self!).Abort(), this, LastWords, Timeout.InfiniteTimeSpan);
        }

        Send(Closing.EventName, JsonSerializer.SerializeToElement(new Closing(closeCode, error), ProtocolJson.Default.Closing));
        _outbound.Add(new Outbound.End());
    }

    public void Abort() => _accepted.Abort("ended by the session");

    private void Tell(SessionInput input)
    {
        lock (_gate)
        {
            if (!_gone)
            {
                _session.Tell(input);
            }
        }
    }

    private async ValueTask WriteAsync(Outbound item)
    {
        switch (item)
        {
            case Outbound.Answer answer:
                var reply = new CallReply(answer.Response);
                answer.Call.TrySetResult(reply);
                await WrittenAsync(reply).ConfigureAwait(false);
                break;
            case Outbound.Event said:
                await _hub.WriteAsync(new InvocationMessage(EventMethod, [said.Name, said.Payload])).ConfigureAwait(false);
                break;
            case Outbound.End:
                _hub.Abort();
                break;
            default:
                throw new InvalidOperationException("an answer, an event or the end");
        }
    }

    /// <summary>The hub writes answers by itself; nothing may overtake one. A connection that ends, or a client that wants no answer, is not waited for.</summary>
    private async Task WrittenAsync(CallReply reply)
    {
        if (reply.Written.IsCompleted)
        {
            return;
        }

        try
        {
            await Task.WhenAny(reply.Written, _ended.Task).WaitAsync(LastWords, _time).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            // It called without asking for an answer.
        }
    }

    private static CallReply Unanswered() => new(CallResponse.Failure(RefusalTable.Error(RefusalCode.HandlerUnavailable, "the connection ended before the call was answered")));
}
