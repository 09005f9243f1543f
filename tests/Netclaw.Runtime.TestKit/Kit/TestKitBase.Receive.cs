namespace Akka.TestKit;

public abstract partial class TestKitBase
{
    private MessageEnvelope _last = NullMessageEnvelope.Instance;

    /// <summary>The next message; null if none arrives in time. Without <paramref name="max"/>: the default of an expectation. Zero does not wait.</summary>
    public object? ReceiveOne(TimeSpan? max = null, CancellationToken cancellationToken = default) => Sync(ReceiveOneCore(false, max, cancellationToken));

    /// <inheritdoc cref="ReceiveOne"/>
    public ValueTask<object?> ReceiveOneAsync(TimeSpan? max = null, CancellationToken cancellationToken = default) => ReceiveOneCore(true, max, cancellationToken);

    /// <summary>False when nothing came in time.</summary>
    public bool TryReceiveOne(out MessageEnvelope envelope, TimeSpan? max = null, CancellationToken cancellationToken = default)
    {
        var taken = Sync(TakeCore(false, RemainingOrDilated(max), cancellationToken));
        envelope = taken ?? NullMessageEnvelope.Instance;
        return taken is not null;
    }

    /// <summary>False when nothing came in time.</summary>
    public async ValueTask<(bool success, MessageEnvelope envelope)> TryReceiveOneAsync(TimeSpan? max, CancellationToken cancellationToken = default)
    {
        var taken = await TakeCore(true, RemainingOrDilated(max), cancellationToken).ConfigureAwait(false);
        return (taken is not null, taken ?? NullMessageEnvelope.Instance);
    }

    /// <summary>The next message, which stays in the queue; null if none arrives in time.</summary>
    public object? PeekOne(TimeSpan? max = null, CancellationToken cancellationToken = default)
        => Sync(_queue.PeekAsync(false, RemainingOrDilated(max), cancellationToken))?.Message;

    /// <summary>The next message, which stays in the queue; null if none arrives in time.</summary>
    public object? PeekOne(CancellationToken cancellationToken) => PeekOne(null, cancellationToken);

    /// <inheritdoc cref="PeekOne(TimeSpan?, CancellationToken)"/>
    public async ValueTask<object?> PeekOneAsync(TimeSpan? max = null, CancellationToken cancellationToken = default)
        => (await _queue.PeekAsync(true, RemainingOrDilated(max), cancellationToken).ConfigureAwait(false))?.Message;

    /// <summary>The next message, which stays in the queue; null if none arrives in time.</summary>
    public ValueTask<object?> PeekOneAsync(CancellationToken cancellationToken) => PeekOneAsync(null, cancellationToken);

    /// <summary>False when nothing came in time; the message stays.</summary>
    public bool TryPeekOne(out MessageEnvelope envelope, TimeSpan? max, CancellationToken cancellationToken)
    {
        var seen = Sync(_queue.PeekAsync(false, RemainingOrDilated(max), cancellationToken));
        envelope = seen ?? NullMessageEnvelope.Instance;
        return seen is not null;
    }

    /// <summary>False when nothing came in time; the message stays.</summary>
    public async ValueTask<(bool success, MessageEnvelope envelope)> TryPeekOneAsync(TimeSpan? max, CancellationToken cancellationToken)
    {
        var seen = await _queue.PeekAsync(true, RemainingOrDilated(max), cancellationToken).ConfigureAwait(false);
        return (seen is not null, seen ?? NullMessageEnvelope.Instance);
    }

    /// <summary>The next <paramref name="numberOfMessages"/> messages; fails if they do not all arrive in time.</summary>
    public IReadOnlyCollection<object> ReceiveN(int numberOfMessages, CancellationToken cancellationToken = default)
        => Sync(ReceiveNCore(false, numberOfMessages, RemainingOrDefault, cancellationToken));

    /// <summary>The next <paramref name="numberOfMessages"/> messages; fails if they do not all arrive in time.</summary>
    public IReadOnlyCollection<object> ReceiveN(int numberOfMessages, TimeSpan max, CancellationToken cancellationToken = default)
        => Sync(ReceiveNCore(false, numberOfMessages, RemainingOrDilated(max), cancellationToken));

    /// <inheritdoc cref="ReceiveN(int, CancellationToken)"/>
    public IAsyncEnumerable<object> ReceiveNAsync(int numberOfMessages, CancellationToken cancellationToken = default)
        => Each(ReceiveNCore(true, numberOfMessages, RemainingOrDefault, cancellationToken));

    /// <summary>The next <paramref name="numberOfMessages"/> messages; fails if they do not all arrive in time.</summary>
    public IAsyncEnumerable<object> ReceiveNAsync(int numberOfMessages, TimeSpan max, CancellationToken cancellationToken = default)
        => Each(ReceiveNCore(true, numberOfMessages, RemainingOrDilated(max), cancellationToken));

    private async ValueTask<object?> ReceiveOneCore(bool async, TimeSpan? max, CancellationToken token)
        => (await TakeCore(async, RemainingOrDilated(max), token).ConfigureAwait(false))?.Message;

    private async ValueTask<MessageEnvelope?> TakeCore(bool async, TimeSpan max, CancellationToken token)
    {
        // An exhausted Within still takes what has already arrived.
        var wait = max < TimeSpan.Zero && max != Timeout.InfiniteTimeSpan ? TimeSpan.Zero : max;
        var taken = await _queue.TakeAsync(async, wait, token).ConfigureAwait(false);
        _lastWasNoMessage = false;
        _last = taken ?? NullMessageEnvelope.Instance;
        return taken;
    }

    private async ValueTask<IReadOnlyList<object>> ReceiveNCore(bool async, int count, TimeSpan max, CancellationToken token)
    {
        var stop = Now + max;
        var received = new List<object>(count);
        while (received.Count < count)
        {
            var taken = await TakeCore(async, Left(stop), token).ConfigureAwait(false)
                ?? throw Fail($"Timeout ({max}) while expecting {count} messages. Only got {received.Count} after {max}.");
            received.Add(taken.Message!);
        }

        return received;
    }

    private static TimeSpan Left(TimeSpan stop) => stop - Now is var left && left > TimeSpan.Zero ? left : TimeSpan.Zero;

    /// <summary>The result of a core that was asked not to be asynchronous.</summary>
    private static T Sync<T>(ValueTask<T> completed) => completed.GetAwaiter().GetResult();

    private static async IAsyncEnumerable<T> Each<T>(ValueTask<IReadOnlyList<T>> items)
    {
        foreach (var item in await items.ConfigureAwait(false)) yield return item;
    }
}
