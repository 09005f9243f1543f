using System.Collections.Concurrent;

namespace Akka.TestKit.Internal;

/// <summary>What a test actor received and the test has not yet looked at. Waits on real time, as tests do.</summary>
internal sealed class MessageQueue
{
    private readonly ConcurrentQueue<MessageEnvelope> _messages = new();
    private readonly SemaphoreSlim _available = new(0);

    public bool HasMessages => !_messages.IsEmpty;

    public void Add(MessageEnvelope envelope)
    {
        _messages.Enqueue(envelope);
        _available.Release();
    }

    /// <summary>Waits for a message, for ever if <paramref name="max"/> is negative; null when the time is over.</summary>
    /// <param name="async">False: block this thread and return a completed task.</param>
    public async ValueTask<MessageEnvelope?> TakeAsync(bool async, TimeSpan max, CancellationToken token)
        => await WaitAsync(async, max, token).ConfigureAwait(false) && _messages.TryDequeue(out var message) ? message : null;

    /// <summary>As <see cref="TakeAsync"/>, but the message stays.</summary>
    public async ValueTask<MessageEnvelope?> PeekAsync(bool async, TimeSpan max, CancellationToken token)
    {
        if (!await WaitAsync(async, max, token).ConfigureAwait(false)) return null;
        _messages.TryPeek(out var message);
        _available.Release();
        return message;
    }

    private async ValueTask<bool> WaitAsync(bool async, TimeSpan max, CancellationToken token)
    {
        var milliseconds = max < TimeSpan.Zero ? -1 : (int)Math.Min(Math.Ceiling(max.TotalMilliseconds), int.MaxValue);
        return async ? await _available.WaitAsync(milliseconds, token).ConfigureAwait(false) : _available.Wait(milliseconds, token);
    }
}
