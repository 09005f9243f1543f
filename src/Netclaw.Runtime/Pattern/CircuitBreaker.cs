using System.Security.Cryptography;
using Akka.Actor;

namespace Akka.Pattern;

/// <summary>
/// Refuses calls to something that keeps failing, and tries it again after a while (Akka.NET documentation, "Circuit Breaker").
/// Closed: calls pass; <see cref="MaxFailures"/> failures in a row (exceptions, or calls longer than <see cref="CallTimeout"/>) open it.
/// Open: calls fail at once with <see cref="OpenCircuitException"/> until the reset timeout has passed.
/// Half-open: one call passes; its success closes the breaker, its failure opens it again. Thread-safe.
/// </summary>
public partial class CircuitBreaker
{
    private readonly Lock _gate = new();
    private volatile CircuitPhase _phase = new CircuitPhase.Closed();
    private TimeSpan _currentReset;
    private Action? _onOpen;
    private Action? _onHalfOpen;
    private Action? _onClose;

    /// <summary>Opens after so many failures in a row; a call that takes longer than the timeout is one.</summary>
    public CircuitBreaker(IScheduler scheduler, int maxFailures, TimeSpan callTimeout, TimeSpan resetTimeout)
        : this(scheduler, maxFailures, callTimeout, resetTimeout, TimeSpan.FromDays(36500), 1.0)
    {
    }

    /// <summary>Opens after so many failures in a row; a call that takes longer than the timeout is one.</summary>
    public CircuitBreaker(IScheduler scheduler, int maxFailures, TimeSpan callTimeout, TimeSpan resetTimeout, TimeSpan maxResetTimeout, double exponentialBackoffFactor)
        : this(scheduler, maxFailures, callTimeout, resetTimeout, maxResetTimeout, exponentialBackoffFactor, 0.0)
    {
    }

    /// <param name="scheduler">Runs the timeouts.</param>
    /// <param name="maxFailures">Failures in a row that open the breaker.</param>
    /// <param name="callTimeout">A longer call counts as a failure.</param>
    /// <param name="resetTimeout">How long the breaker stays open the first time.</param>
    /// <param name="maxResetTimeout">The longest that it stays open.</param>
    /// <param name="exponentialBackoffFactor">What the reset timeout is multiplied with each time the half-open call fails; at least 1.</param>
    /// <param name="randomFactor">Up to this fraction is added to each reset timeout at random; 0 to 1.</param>
    public CircuitBreaker(IScheduler scheduler, int maxFailures, TimeSpan callTimeout, TimeSpan resetTimeout, TimeSpan maxResetTimeout, double exponentialBackoffFactor, double randomFactor)
    {
        ArgumentNullException.ThrowIfNull(scheduler);
        if (exponentialBackoffFactor < 1.0) throw new ArgumentException("factor must be >= 1.0", nameof(exponentialBackoffFactor));
        if (randomFactor is < 0.0 or > 1.0) throw new ArgumentException("randomFactor must be between 0.0 and 1.0", nameof(randomFactor));
        Scheduler = scheduler;
        MaxFailures = maxFailures;
        CallTimeout = callTimeout;
        ResetTimeout = resetTimeout;
        MaxResetTimeout = maxResetTimeout;
        ExponentialBackoffFactor = exponentialBackoffFactor;
        RandomFactor = randomFactor;
        _currentReset = resetTimeout;
    }

    /// <summary>For the time it stays open.</summary>
    public IScheduler Scheduler { get; }

    /// <summary>In a row, before it opens.</summary>
    public int MaxFailures { get; }

    /// <summary>After which a call counts as failed.</summary>
    public TimeSpan CallTimeout { get; }

    /// <summary>How long it stays open at first.</summary>
    public TimeSpan ResetTimeout { get; }

    /// <summary>How long it stays open at most.</summary>
    public TimeSpan MaxResetTimeout { get; }

    /// <summary>By how much longer each time.</summary>
    public double ExponentialBackoffFactor { get; }

    /// <summary>How much of that is added by chance.</summary>
    public double RandomFactor { get; }

    /// <summary>The last failure that was counted, or null.</summary>
    public Exception? LastCaughtException { get; private set; }

    /// <summary>Calls go through.</summary>
    public bool IsClosed => _phase is CircuitPhase.Closed;

    /// <summary>Calls fail at once.</summary>
    public bool IsOpen => _phase is CircuitPhase.Open;

    /// <summary>One call may try.</summary>
    public bool IsHalfOpen => _phase is CircuitPhase.HalfOpen;

    /// <summary>Failures in a row so far; while the breaker is not closed, those that opened it.</summary>
    public long CurrentFailureCount => _phase switch
    {
        CircuitPhase.Closed closed => closed.Failures,
        CircuitPhase.Open open => open.Failures,
        CircuitPhase.HalfOpen half => half.Failures,
        _ => 0,
    };

    /// <summary>Closed at first.</summary>
    public static CircuitBreaker Create(IScheduler scheduler, int maxFailures, TimeSpan callTimeout, TimeSpan resetTimeout)
        => new(scheduler, maxFailures, callTimeout, resetTimeout);

    /// <summary>A breaker like this one whose reset timeout doubles with each failed try, up to <paramref name="maxResetTimeout"/>.</summary>
    public CircuitBreaker WithExponentialBackoff(TimeSpan maxResetTimeout)
        => new(Scheduler, MaxFailures, CallTimeout, ResetTimeout, maxResetTimeout, 2.0, RandomFactor);

    /// <summary>A breaker like this one with random jitter in its reset timeout.</summary>
    public CircuitBreaker WithRandomFactor(double randomFactor)
        => new(Scheduler, MaxFailures, CallTimeout, ResetTimeout, MaxResetTimeout, ExponentialBackoffFactor, randomFactor);

    /// <summary>Runs <paramref name="callback"/>, on a pool thread, each time the breaker opens.</summary>
    public CircuitBreaker OnOpen(Action callback) => With(ref _onOpen, callback);

    /// <summary>Runs <paramref name="callback"/>, on a pool thread, each time the breaker becomes half-open.</summary>
    public CircuitBreaker OnHalfOpen(Action callback) => With(ref _onHalfOpen, callback);

    /// <summary>Runs <paramref name="callback"/>, on a pool thread, each time the breaker closes.</summary>
    public CircuitBreaker OnClose(Action callback) => With(ref _onClose, callback);

    private CircuitBreaker With(ref Action? callbacks, Action callback)
    {
        lock (_gate) callbacks += callback;
        return this;
    }

    private CircuitPhase Enter()
    {
        lock (_gate)
        {
            switch (_phase)
            {
                case CircuitPhase.Open open:
                    var left = open.Until - Scheduler.MonotonicClock;
                    throw new OpenCircuitException(LastCaughtException, left > TimeSpan.Zero ? left : TimeSpan.Zero);
                case CircuitPhase.HalfOpen { CallUnderWay: true }:
                    throw new OpenCircuitException("Circuit Breaker is half-open and its one call is under way; calls are failing fast.", LastCaughtException, TimeSpan.Zero);
                case CircuitPhase.HalfOpen half:
                    half.CallUnderWay = true;
                    break;
            }

            return _phase;
        }
    }

    private void Succeeded(CircuitPhase began)
    {
        lock (_gate)
        {
            if (!ReferenceEquals(began, _phase)) return;
            if (began is CircuitPhase.Closed closed) closed.Failures = 0;
            if (began is not CircuitPhase.HalfOpen) return;
            _currentReset = ResetTimeout;
            MoveTo(new CircuitPhase.Closed(), _onClose);
        }
    }

    private void Failed(CircuitPhase began, Exception cause)
    {
        lock (_gate)
        {
            if (!ReferenceEquals(began, _phase)) return;
            if (began is CircuitPhase.Open) return;
            LastCaughtException = cause;
            if (began is CircuitPhase.Closed closed && ++closed.Failures < MaxFailures) return;
            if (began is CircuitPhase.HalfOpen) _currentReset = Longer(_currentReset);
            Open((int)CurrentFailureCount);
        }
    }

    private void Open(int failures)
    {
        var stay = _currentReset + (_currentReset * (RandomFactor * RandomNumberGenerator.GetInt32(1_000_000) / 1_000_000));
        var open = new CircuitPhase.Open(Scheduler.MonotonicClock + stay, failures);
        MoveTo(open, _onOpen);
        Scheduler.Advanced.ScheduleOnce(stay, () => TryAgain(open));
    }

    private void TryAgain(CircuitPhase.Open open)
    {
        lock (_gate)
            if (ReferenceEquals(open, _phase))
                MoveTo(new CircuitPhase.HalfOpen(open.Failures), _onHalfOpen);
    }

    private TimeSpan Longer(TimeSpan reset)
    {
        var longer = reset.TotalMilliseconds * ExponentialBackoffFactor;
        return longer >= MaxResetTimeout.TotalMilliseconds ? MaxResetTimeout : TimeSpan.FromMilliseconds(longer);
    }

    private void MoveTo(CircuitPhase next, Action? callbacks)
    {
        _phase = next;
        if (callbacks is not null) ThreadPool.UnsafeQueueUserWorkItem(static run => run(), callbacks, preferLocal: false);
    }
}
