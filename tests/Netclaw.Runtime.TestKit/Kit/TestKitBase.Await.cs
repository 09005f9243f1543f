using System.Runtime.ExceptionServices;

namespace Akka.TestKit;

public abstract partial class TestKitBase
{
    private static readonly TimeSpan DefaultInterval = TimeSpan.FromMilliseconds(100);

    /// <summary>Repeats the assertions every <paramref name="interval"/> (100 ms) until they hold; throws the last failure when the time is over.</summary>
    public void AwaitAssert(Action assertion, TimeSpan? duration = null, TimeSpan? interval = null, CancellationToken cancellationToken = default)
        => Sync(AwaitAssertCore(false, Wrap(assertion), duration, interval, cancellationToken));

    /// <inheritdoc cref="AwaitAssert"/>
    public Task AwaitAssertAsync(Action assertion, TimeSpan? duration = null, TimeSpan? interval = null, CancellationToken cancellationToken = default)
        => AwaitAssertCore(true, Wrap(assertion), duration, interval, cancellationToken).AsTask();

    /// <summary>Repeats the assertions every <paramref name="interval"/> (100 ms) until they hold; throws the last failure when the time is over.</summary>
    public Task AwaitAssertAsync(Func<Task> assertion, TimeSpan? duration = null, TimeSpan? interval = null, CancellationToken cancellationToken = default)
        => AwaitAssertCore(true, assertion, duration, interval, cancellationToken).AsTask();

    /// <summary>Waits until the condition holds; fails when the time is over.</summary>
    public void AwaitCondition(Func<bool> conditionIsFulfilled, CancellationToken cancellationToken = default)
        => Sync(Demand(false, Wrap(conditionIsFulfilled), null, null, null, cancellationToken));

    /// <summary>Waits until the condition holds; fails when the time is over.</summary>
    public void AwaitCondition(Func<bool> conditionIsFulfilled, TimeSpan? max, CancellationToken cancellationToken = default)
        => Sync(Demand(false, Wrap(conditionIsFulfilled), max, null, null, cancellationToken));

    /// <summary>Waits until the condition holds; fails when the time is over.</summary>
    public void AwaitCondition(Func<bool> conditionIsFulfilled, TimeSpan? max, string? message, CancellationToken cancellationToken = default)
        => Sync(Demand(false, Wrap(conditionIsFulfilled), max, null, message, cancellationToken));

    /// <summary>Waits until the condition holds; fails when the time is over.</summary>
    public void AwaitCondition(Func<bool> conditionIsFulfilled, TimeSpan? max, TimeSpan? interval, string? message = null, CancellationToken cancellationToken = default)
        => Sync(Demand(false, Wrap(conditionIsFulfilled), max, interval, message, cancellationToken));

    /// <summary>Waits until the condition holds; false when the time is over.</summary>
    public bool AwaitConditionNoThrow(Func<bool> conditionIsFulfilled, TimeSpan max, TimeSpan? interval = null, CancellationToken cancellationToken = default)
        => Sync(Poll(false, Wrap(conditionIsFulfilled), RemainingOrDilated(max), interval, cancellationToken));

    /// <summary>Waits until the condition holds; fails when the time is over.</summary>
    public Task AwaitConditionAsync(Func<bool> conditionIsFulfilled, CancellationToken cancellationToken = default)
        => Demand(true, Wrap(conditionIsFulfilled), null, null, null, cancellationToken).AsTask();

    /// <summary>Waits until the condition holds; fails when the time is over.</summary>
    public Task AwaitConditionAsync(Func<bool> conditionIsFulfilled, TimeSpan? max, string? message, CancellationToken cancellationToken = default)
        => Demand(true, Wrap(conditionIsFulfilled), max, null, message, cancellationToken).AsTask();

    /// <summary>Waits until the condition holds; fails when the time is over.</summary>
    public Task AwaitConditionAsync(Func<bool> conditionIsFulfilled, TimeSpan? max, TimeSpan? interval, string? message = null, CancellationToken cancellationToken = default)
        => Demand(true, Wrap(conditionIsFulfilled), max, interval, message, cancellationToken).AsTask();

    /// <summary>Waits until the condition holds; fails when the time is over.</summary>
    public Task AwaitConditionAsync(Func<Task<bool>> conditionIsFulfilled, CancellationToken cancellationToken = default)
        => Demand(true, conditionIsFulfilled, null, null, null, cancellationToken).AsTask();

    /// <summary>Waits until the condition holds; fails when the time is over.</summary>
    public Task AwaitConditionAsync(Func<Task<bool>> conditionIsFulfilled, TimeSpan? max, CancellationToken cancellationToken = default)
        => Demand(true, conditionIsFulfilled, max, null, null, cancellationToken).AsTask();

    /// <summary>Waits until the condition holds; fails when the time is over.</summary>
    public Task AwaitConditionAsync(Func<Task<bool>> conditionIsFulfilled, TimeSpan? max, string? message, CancellationToken cancellationToken = default)
        => Demand(true, conditionIsFulfilled, max, null, message, cancellationToken).AsTask();

    /// <summary>Waits until the condition holds; fails when the time is over.</summary>
    public Task AwaitConditionAsync(Func<Task<bool>> conditionIsFulfilled, TimeSpan? max, TimeSpan? interval, string? message = null, CancellationToken cancellationToken = default)
        => Demand(true, conditionIsFulfilled, max, interval, message, cancellationToken).AsTask();

    /// <summary>Waits until the condition holds; false when the time is over.</summary>
    public Task<bool> AwaitConditionNoThrowAsync(Func<bool> conditionIsFulfilled, TimeSpan max, TimeSpan? interval = null, CancellationToken cancellationToken = default)
        => Poll(true, Wrap(conditionIsFulfilled), RemainingOrDilated(max), interval, cancellationToken).AsTask();

    /// <summary>Waits until the condition holds; false when the time is over.</summary>
    public Task<bool> AwaitConditionNoThrowAsync(Func<Task<bool>> conditionIsFulfilled, TimeSpan max, TimeSpan? interval = null, CancellationToken cancellationToken = default)
        => Poll(true, conditionIsFulfilled, RemainingOrDilated(max), interval, cancellationToken).AsTask();

    private async ValueTask<bool> Demand(bool async, Func<Task<bool>> condition, TimeSpan? max, TimeSpan? interval, string? message, CancellationToken token)
    {
        var length = RemainingOrDilated(max);
        return await Poll(async, condition, length, interval, token).ConfigureAwait(false)
            ? true
            : throw Fail($"Timeout {length} expired while waiting for condition.{(message is null ? "" : " " + message)}");
    }

    private static async ValueTask<bool> Poll(bool async, Func<Task<bool>> condition, TimeSpan max, TimeSpan? interval, CancellationToken token)
    {
        var stop = Now + max;
        while (!await condition().ConfigureAwait(false))
        {
            if (max >= TimeSpan.Zero && Left(stop) == TimeSpan.Zero) return false;
            await Pause(async, interval ?? DefaultInterval, max < TimeSpan.Zero ? TimeSpan.MaxValue : Left(stop), token).ConfigureAwait(false);
        }

        return true;
    }

    private async ValueTask<bool> AwaitAssertCore(bool async, Func<Task> assertion, TimeSpan? duration, TimeSpan? interval, CancellationToken token)
    {
        var stop = Now + RemainingOrDilated(duration);
        while (true)
        {
            ExceptionDispatchInfo failure;
            try
            {
                await assertion().ConfigureAwait(false);
                return true;
            }
            catch (Exception error) when (error is not OperationCanceledException || !token.IsCancellationRequested)
            {
                failure = ExceptionDispatchInfo.Capture(error);
            }

            if (Left(stop) == TimeSpan.Zero) failure.Throw();
            await Pause(async, interval ?? DefaultInterval, Left(stop), token).ConfigureAwait(false);
        }
    }

    private static async ValueTask Pause(bool async, TimeSpan interval, TimeSpan left, CancellationToken token)
    {
        var pause = interval < left ? interval : left;
        if (async) await Task.Delay(pause, token).ConfigureAwait(false);
        else if (token.WaitHandle.WaitOne(pause)) token.ThrowIfCancellationRequested();
    }

    private static Func<Task> Wrap(Action action) => () =>
    {
        action();
        return Task.CompletedTask;
    };

    private static Func<Task<bool>> Wrap(Func<bool> condition) => () => Task.FromResult(condition());
}
