namespace Akka.Actor;

/// <summary>A cancelable that makes its token only when asked for it.</summary>
/// <remarks>Akka.NET documentation, "Scheduling Future and Recurring Actions".</remarks>
public class Cancelable : ICancelable, IDisposable
{
    private readonly IActionScheduler scheduler;
    private volatile CancellationTokenSource? source;
    private volatile bool cancelled;
    private volatile WheelTimer? scheduled;

    /// <summary>Cancelled by itself after the delay, where one is given.</summary>
    public Cancelable(IScheduler scheduler)
        : this(scheduler.Advanced)
    {
    }

    /// <summary>Cancelled by itself after the delay, where one is given.</summary>
    public Cancelable(IScheduler scheduler, TimeSpan delay)
        : this(scheduler) => CancelAfter(delay);

    /// <summary>Cancelled by itself after the delay, where one is given.</summary>
    public Cancelable(IScheduler scheduler, int millisecondsDelay)
        : this(scheduler) => CancelAfter(millisecondsDelay);

    /// <summary>Cancelled by itself after the delay, where one is given.</summary>
    public Cancelable(IActionScheduler scheduler) => this.scheduler = scheduler;

    /// <summary>Cancelled by itself after the delay, where one is given.</summary>
    public Cancelable(IActionScheduler scheduler, TimeSpan delay)
        : this(scheduler) => CancelAfter(delay);

    /// <inheritdoc/>
    public bool IsCancellationRequested => cancelled;

    /// <summary>Whether <see cref="Dispose"/> was called.</summary>
    public bool IsDisposed { get; private set; }

    /// <inheritdoc/>
    public CancellationToken Token
    {
        get
        {
            if (source is null)
            {
                Interlocked.CompareExchange(ref source, new CancellationTokenSource(), null);
                if (cancelled)
                    source.Cancel();
            }

            return source.Token;
        }
    }

    /// <summary>One that is cancelled from the start.</summary>
    public static ICancelable CreateCanceled() => AlwaysCancelled.Instance;

    /// <summary>Cancelled when any of these is.</summary>
    public static ICancelable CreateLinkedCancelable(IScheduler scheduler, params ICancelable[] cancelables) =>
        CreateLinkedCancelable(scheduler.Advanced, Array.ConvertAll(cancelables, each => each.Token));

    /// <inheritdoc cref="CreateLinkedCancelable(IScheduler, ICancelable[])"/>
    public static ICancelable CreateLinkedCancelable(IScheduler scheduler, params CancellationToken[] cancellationTokens) =>
        CreateLinkedCancelable(scheduler.Advanced, cancellationTokens);

    /// <inheritdoc cref="CreateLinkedCancelable(IScheduler, ICancelable[])"/>
    public static ICancelable CreateLinkedCancelable(IActionScheduler scheduler, params CancellationToken[] cancellationTokens)
    {
        var linked = new Cancelable(scheduler);
        foreach (var token in cancellationTokens)
            token.UnsafeRegister(static state => ((Cancelable)state!).Cancel(), linked);
        return linked;
    }

    /// <inheritdoc/>
    public void Cancel() => Cancel(throwOnFirstException: false);

    /// <inheritdoc/>
    public void Cancel(bool throwOnFirstException)
    {
        ObjectDisposedException.ThrowIf(IsDisposed, this);
        cancelled = true;
        Interlocked.MemoryBarrier();
        if (Interlocked.Exchange(ref scheduled, null) is { } timer)
            timer.Cancel();
        source?.Cancel(throwOnFirstException);
    }

    /// <inheritdoc/>
    public void CancelAfter(TimeSpan delay) => scheduler.ScheduleOnce(delay, Cancel, this);

    /// <inheritdoc/>
    public void CancelAfter(int millisecondsDelay) => CancelAfter(TimeSpan.FromMilliseconds(millisecondsDelay));

    /// <summary>Frees the token; what was scheduled stays as it is.</summary>
    public void Dispose()
    {
        IsDisposed = true;
        source?.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Remembers one timer, to take it off the wheel at once on a cancel; another one expires unheard.</summary>
    internal void Attach(WheelTimer timer)
    {
        scheduled = timer;
        Interlocked.MemoryBarrier();
        if (cancelled)
            timer.Cancel();
    }

    private sealed class AlwaysCancelled : ICancelable
    {
        public static readonly AlwaysCancelled Instance = new();

        public bool IsCancellationRequested => true;

        public CancellationToken Token => new(canceled: true);

        public void Cancel()
        {
        }

        public void Cancel(bool throwOnFirstException)
        {
        }

        public void CancelAfter(TimeSpan delay)
        {
        }

        public void CancelAfter(int millisecondsDelay)
        {
        }
    }
}
