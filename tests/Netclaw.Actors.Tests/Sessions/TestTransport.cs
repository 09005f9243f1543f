using System.Collections.Concurrent;
using System.Text.Json;
using System.Threading.Channels;
using Akka.Actor;
using Netclaw.Protocol;

namespace Netclaw.Actors.Sessions;

/// <summary>A wire that keeps what it is told and goes when it is told to, as a socket does.</summary>
internal sealed class TestTransport(TimeProvider time) : ISessionTransport
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly ConcurrentDictionary<long, TaskCompletionSource<CallResponse>> _replies = new();
    private readonly Channel<(string Name, JsonElement Payload)> _events = Channel.CreateUnbounded<(string, JsonElement)>();
    private readonly TaskCompletionSource<(int Code, CallError Error)> _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _aborted = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _lastCall;

    /// <summary>Told where to report the end of the wire; set once the session is open.</summary>
    public IActorRef? Session { get; set; }

    /// <summary>False: the client does not read, so a close takes for ever.</summary>
    public bool ClosesWhenTold { get; init; } = true;

    /// <summary>Thrown on the next reply: a defect below the session.</summary>
    public Exception? Defect { get; init; }

    public bool IsPromoted { get; private set; }

    public bool IsAborted => _aborted.Task.IsCompleted;

    public Task<(int Code, CallError Error)> Closed => _closed.Task.WaitAsync(Patience);

    public Task Aborted => _aborted.Task.WaitAsync(Patience);

    public Task<CallResponse> Call(string method, JsonElement parameters = default)
    {
        var callId = Interlocked.Increment(ref _lastCall);
        var reply = _replies.GetOrAdd(callId, static _ => new TaskCompletionSource<CallResponse>(TaskCreationOptions.RunContinuationsAsynchronously));
        Session!.Tell(new SessionInput.CallReceived(time.GetUtcNow(), callId, method, parameters), ActorRefs.NoSender);
        return reply.Task.WaitAsync(Patience);
    }

    public async Task<JsonElement> Event(string name)
    {
        using var limit = new CancellationTokenSource(Patience);
        while (true)
        {
            var heard = await _events.Reader.ReadAsync(limit.Token);
            if (heard.Name == name)
            {
                return heard.Payload;
            }
        }
    }

    public void Reply(long callId, CallResponse response)
    {
        if (Defect is not null)
        {
            throw Defect;
        }

        if (!_replies[callId].TrySetResult(response))
        {
            throw new InvalidOperationException($"call {callId} was answered twice");
        }
    }

    public void Send(string eventName, JsonElement payload) => _events.Writer.TryWrite((eventName, payload));

    public void Promote() => IsPromoted = true;

    public void Close(int closeCode, CallError error)
    {
        _closed.TrySetResult((closeCode, error));
        if (ClosesWhenTold)
        {
            Gone("closed");
        }
    }

    public void Abort()
    {
        _aborted.TrySetResult();
        Gone("aborted");
    }

    public void Gone(string cause) => Session?.Tell(new SessionInput.TransportClosed(time.GetUtcNow(), cause), ActorRefs.NoSender);
}
