namespace Akka.TestKit;

public abstract partial class TestKitBase
{
    private TimeSpan? _end;
    private bool _lastWasNoMessage;

    /// <summary>What is left of the innermost Within.</summary>
    /// <exception cref="InvalidOperationException">No Within is running.</exception>
    public TimeSpan Remaining => _end is { } end
        ? end - Now
        : throw new InvalidOperationException(@"Remaining may not be called outside of ""within""");

    /// <summary>What is left of the innermost Within, or the dilated default outside of one.</summary>
    public TimeSpan RemainingOrDefault => RemainingOr(Dilated(TestKitSettings.SingleExpectDefault));

    /// <summary>What is left of the innermost Within, or the dilated default outside of one.</summary>
    protected TimeSpan RemainingOr(TimeSpan duration) => _end is { } end ? end - Now : duration;

    /// <summary><paramref name="duration"/> dilated, but no longer than what is left of the innermost Within.</summary>
    public TimeSpan RemainingOrDilated(TimeSpan? duration)
    {
        if (duration is not { } given) return RemainingOrDefault;
        if (given == Timeout.InfiniteTimeSpan) return given;
        if (given < TimeSpan.Zero) throw new ArgumentException("max duration cannot be negative");
        var dilated = Dilated(given);
        return _end is { } end && end - Now < dilated ? end - Now : dilated;
    }

    /// <summary>What is left of the innermost Within, or the dilated default outside of one.</summary>
    public TimeSpan Dilated(TimeSpan duration)
        => duration < TimeSpan.Zero ? duration : TimeSpan.FromTicks((long)(duration.Ticks * TestKitSettings.TestTimeFactor));

    /// <summary>The timeout dilated, or what is left of the present block, or the default.</summary>
    public TimeSpan GetTimeoutOrDefault(TimeSpan? timeout) => RemainingOrDilated(timeout);

    /// <summary>Runs the block and fails if it takes longer than <paramref name="max"/>; expectations in it wait no longer than what is left.</summary>
    public void Within(TimeSpan max, Action action, TimeSpan? epsilonValue = null, CancellationToken cancellationToken = default)
        => Within(TimeSpan.Zero, max, action, null, epsilonValue, cancellationToken);

    /// <summary>Runs the block and fails if it takes less than <paramref name="min"/> or more than <paramref name="max"/>.</summary>
    public void Within(TimeSpan min, TimeSpan max, Action action, string? hint = null, TimeSpan? epsilonValue = null, CancellationToken cancellationToken = default)
        => Within<object?>(min, max, () =>
        {
            action();
            return null;
        }, hint, epsilonValue, cancellationToken);

    /// <summary>Runs the block and fails if it takes longer than <paramref name="max"/>; expectations in it wait no longer than what is left.</summary>
    public T Within<T>(TimeSpan max, Func<T> function, TimeSpan? epsilonValue = null, CancellationToken cancellationToken = default)
        => Within(TimeSpan.Zero, max, function, null, epsilonValue, cancellationToken);

    /// <summary>Runs the block and fails if it takes longer than <paramref name="max"/>; expectations in it wait no longer than what is left.</summary>
    public T Within<T>(TimeSpan min, TimeSpan max, Func<T> function, string? hint = null, TimeSpan? epsilonValue = null, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var frame = Begin(min, max, hint);
        T result;
        try
        {
            result = function();
        }
        finally
        {
            _end = frame.Outer;
        }

        End(frame, min, hint, epsilonValue);
        return result;
    }

    /// <inheritdoc cref="Within(TimeSpan, Action, TimeSpan?, CancellationToken)"/>
    public Task WithinAsync(TimeSpan max, Func<Task> actionAsync, TimeSpan? epsilonValue = null, CancellationToken cancellationToken = default)
        => WithinAsync(TimeSpan.Zero, max, actionAsync, null, epsilonValue, cancellationToken);

    /// <summary>Runs the block and fails if it takes longer than <paramref name="max"/>; expectations in it wait no longer than what is left.</summary>
    public Task WithinAsync(TimeSpan min, TimeSpan max, Func<Task> actionAsync, string? hint = null, TimeSpan? epsilonValue = null, CancellationToken cancellationToken = default)
        => WithinAsync<object?>(min, max, async () =>
        {
            await actionAsync().ConfigureAwait(false);
            return null;
        }, hint, epsilonValue, cancellationToken);

    /// <summary>Runs the block and fails if it takes longer than <paramref name="max"/>; expectations in it wait no longer than what is left.</summary>
    public Task<T> WithinAsync<T>(TimeSpan max, Func<Task<T>> function, TimeSpan? epsilonValue = null, CancellationToken cancellationToken = default)
        => WithinAsync(TimeSpan.Zero, max, function, null, epsilonValue, cancellationToken);

    /// <summary>Runs the block and fails if it takes longer than <paramref name="max"/>; expectations in it wait no longer than what is left.</summary>
    public async Task<T> WithinAsync<T>(TimeSpan min, TimeSpan max, Func<Task<T>> function, string? hint = null, TimeSpan? epsilonValue = null, CancellationToken cancellationToken = default)
    {
        var frame = Begin(min, max, hint);
        T result;
        try
        {
            var running = function();
            var first = await Task.WhenAny(running, Task.Delay(frame.Length + Epsilon(epsilonValue), cancellationToken)).ConfigureAwait(false);
            if (first != running)
            {
                cancellationToken.ThrowIfCancellationRequested();
                throw Fail($"The block did not end within {frame.Length}{Suffix(hint)}");
            }

            result = await running.ConfigureAwait(false);
        }
        finally
        {
            _end = frame.Outer;
        }

        End(frame, min, hint, epsilonValue);
        return result;
    }

    private Frame Begin(TimeSpan min, TimeSpan max, string? hint)
    {
        if (min > max) throw new ArgumentException($"The least time {min} is longer than the most {max}.", nameof(min));
        var start = Now;
        var left = _end is { } end ? end - start : TimeSpan.MaxValue;
        if (left < min) Fail($"Required min time {min} not possible, only {left} left{Suffix(hint)}");
        var length = Dilated(max) < left ? Dilated(max) : left;
        var frame = new Frame(start, length, _end);
        _lastWasNoMessage = false;
        _end = start + length;
        return frame;
    }

    private void End(Frame frame, TimeSpan min, string? hint, TimeSpan? epsilon)
    {
        var took = Now - frame.Start;
        if (took + Epsilon(epsilon) + ClockGrain < min) Fail($"The block took {took}, should at least have taken {min}{Suffix(hint)}");
        if (!_lastWasNoMessage && took > frame.Length + Epsilon(epsilon) + ClockGrain)
            Fail($"The block took {took}, exceeding {frame.Length}{Suffix(hint)}");
    }

    /// <summary>The clock's own resolution; no test fails for less.</summary>
    private static TimeSpan ClockGrain => TimeSpan.FromMilliseconds(20);

    private static TimeSpan Epsilon(TimeSpan? epsilon) => epsilon ?? TimeSpan.Zero;

    private static string Suffix(string? hint) => string.IsNullOrEmpty(hint) ? "" : $" ({hint})";

    private readonly record struct Frame(TimeSpan Start, TimeSpan Length, TimeSpan? Outer);
}
