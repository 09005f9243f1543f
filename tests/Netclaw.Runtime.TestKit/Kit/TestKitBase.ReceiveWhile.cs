namespace Akka.TestKit;

public abstract partial class TestKitBase
{
    /// <summary>
    /// Receives as long as <c>filter</c> maps messages to something other than null, <c>max</c> in all and
    /// <c>idle</c> between two messages at most, and no more than <paramref name="msgs"/>. The message that ends it stays in the queue.
    /// </summary>
    public IReadOnlyList<T> ReceiveWhile<T>(TimeSpan? max, Func<object, T?> filter, int msgs = int.MaxValue, CancellationToken cancellationToken = default) where T : class
        => Sync(ReceiveWhileCore(false, max, null, filter, msgs, cancellationToken));

    /// <summary>Receives as long as <c>filter</c> maps messages to something other than null, <c>max</c> in all and <c>idle</c> between two messages at most, and no more than <paramref name="msgs"/>. The message that ends it stays in the queue.</summary>
    public IReadOnlyList<T> ReceiveWhile<T>(TimeSpan? max, TimeSpan? idle, Func<object, T?> filter, int msgs = int.MaxValue, CancellationToken cancellationToken = default) where T : class
        => Sync(ReceiveWhileCore(false, max, idle, filter, msgs, cancellationToken));

    /// <summary>Receives as long as <c>filter</c> maps messages to something other than null, <c>max</c> in all and <c>idle</c> between two messages at most, and no more than <paramref name="msgs"/>. The message that ends it stays in the queue.</summary>
    public IReadOnlyList<T> ReceiveWhile<T>(Func<object, T?> filter, TimeSpan? max = null, TimeSpan? idle = null, int msgs = int.MaxValue, CancellationToken cancellationToken = default) where T : class
        => Sync(ReceiveWhileCore(false, max, idle, filter, msgs, cancellationToken));

    /// <summary>Receives messages of a type as long as <paramref name="shouldContinue"/>; others are passed over, or end it.</summary>
    public IReadOnlyList<T> ReceiveWhile<T>(Predicate<T> shouldContinue, TimeSpan? max = null, TimeSpan? idle = null, int msgs = int.MaxValue, bool shouldIgnoreOtherMessageTypes = true, CancellationToken cancellationToken = default) where T : class
        => Sync(ReceiveOfTypeCore(false, shouldContinue, max, idle, msgs, shouldIgnoreOtherMessageTypes, cancellationToken));

    /// <summary>Receives as long as <c>filter</c> maps messages to something other than null, <c>max</c> in all and <c>idle</c> between two messages at most, and no more than <paramref name="msgs"/>. The message that ends it stays in the queue.</summary>
    public IAsyncEnumerable<T> ReceiveWhileAsync<T>(TimeSpan? max, Func<object, T?> filter, int msgs = int.MaxValue, CancellationToken cancellationToken = default) where T : class
        => Each(ReceiveWhileCore(true, max, null, filter, msgs, cancellationToken));

    /// <summary>Receives as long as <c>filter</c> maps messages to something other than null, <c>max</c> in all and <c>idle</c> between two messages at most, and no more than <paramref name="msgs"/>. The message that ends it stays in the queue.</summary>
    public IAsyncEnumerable<T> ReceiveWhileAsync<T>(TimeSpan? max, TimeSpan? idle, Func<object, T?> filter, int msgs = int.MaxValue, CancellationToken cancellationToken = default) where T : class
        => Each(ReceiveWhileCore(true, max, idle, filter, msgs, cancellationToken));

    /// <summary>Receives as long as <c>filter</c> maps messages to something other than null, <c>max</c> in all and <c>idle</c> between two messages at most, and no more than <paramref name="msgs"/>. The message that ends it stays in the queue.</summary>
    public IAsyncEnumerable<T> ReceiveWhileAsync<T>(Func<object, T?> filter, TimeSpan? max = null, TimeSpan? idle = null, int msgs = int.MaxValue, CancellationToken cancellationToken = default) where T : class
        => Each(ReceiveWhileCore(true, max, idle, filter, msgs, cancellationToken));

    /// <summary>Receives as long as <c>filter</c> maps messages to something other than null, <c>max</c> in all and <c>idle</c> between two messages at most, and no more than <paramref name="msgs"/>. The message that ends it stays in the queue.</summary>
    public IAsyncEnumerable<T> ReceiveWhileAsync<T>(Predicate<T> shouldContinue, TimeSpan? max = null, TimeSpan? idle = null, int msgs = int.MaxValue, bool shouldIgnoreOtherMessageTypes = true, CancellationToken cancellationToken = default) where T : class
        => Each(ReceiveOfTypeCore(true, shouldContinue, max, idle, msgs, shouldIgnoreOtherMessageTypes, cancellationToken));

    private async ValueTask<IReadOnlyList<T>> ReceiveWhileCore<T>(bool async, TimeSpan? max, TimeSpan? idle, Func<object, T?> filter, int msgs, CancellationToken token) where T : class
    {
        var received = new List<T>();
        await Consume(async, max, idle, token, message =>
        {
            if (received.Count >= msgs || filter(message) is not { } mapped) return false;
            received.Add(mapped);
            return received.Count <= msgs;
        }, () => received.Count < msgs).ConfigureAwait(false);
        return received;
    }

    private async ValueTask<IReadOnlyList<T>> ReceiveOfTypeCore<T>(bool async, Predicate<T> shouldContinue, TimeSpan? max, TimeSpan? idle, int msgs, bool ignoreOthers, CancellationToken token) where T : class
    {
        var received = new List<T>();
        await Consume(async, max, idle, token, message =>
        {
            if (message is not T typed) return ignoreOthers;
            if (!shouldContinue(typed)) return false;
            received.Add(typed);
            return true;
        }, () => received.Count < msgs).ConfigureAwait(false);
        return received;
    }

    private async ValueTask Consume(bool async, TimeSpan? max, TimeSpan? idle, CancellationToken token, Func<object, bool> accept, Func<bool> wantsMore)
    {
        var stop = Now + RemainingOrDilated(max);
        while (wantsMore())
        {
            var wait = idle is { } pause && pause < Left(stop) ? pause : Left(stop);
            if (await _queue.PeekAsync(async, wait, token).ConfigureAwait(false) is not { } next || !accept(next.Message!)) break;
            await TakeCore(async, TimeSpan.Zero, token).ConfigureAwait(false);
        }

        _lastWasNoMessage = true;
    }
}
