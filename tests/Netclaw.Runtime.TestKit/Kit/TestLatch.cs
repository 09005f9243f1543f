namespace Akka.TestKit;

/// <summary>Opens when it has been counted down; actors and tests wait for it, always with a bound.</summary>
public class TestLatch
{
    public static readonly TimeSpan DefaultTimeout = TimeSpan.FromSeconds(5);

    private readonly CountdownEvent _latch;
    private readonly Func<TimeSpan, TimeSpan> _dilate;
    private readonly TimeSpan _defaultTimeout;

    public TestLatch() : this(1)
    {
    }

    public TestLatch(int count) : this(count, DefaultTimeout)
    {
    }

    public TestLatch(int count, TimeSpan defaultTimeout) : this(static time => time, defaultTimeout, count)
    {
    }

    internal TestLatch(Func<TimeSpan, TimeSpan> dilate, TimeSpan defaultTimeout, int count)
    {
        _latch = new CountdownEvent(count);
        _dilate = dilate;
        _defaultTimeout = defaultTimeout;
    }

    public bool IsOpen => _latch.CurrentCount == 0;

    public void CountDown() => _latch.Signal();

    public void Open()
    {
        while (!IsOpen) CountDown();
    }

    public void Reset() => _latch.Reset();

    /// <summary>Waits until the latch is open.</summary>
    /// <exception cref="TimeoutException">It is not open in time.</exception>
    public void Ready() => Ready(_defaultTimeout);

    /// <inheritdoc cref="Ready()"/>
    public void Ready(TimeSpan timeout)
    {
        if (timeout <= TimeSpan.Zero) throw new ArgumentException("A latch is waited for with a positive timeout.", nameof(timeout));
        if (!_latch.Wait(_dilate(timeout))) throw new TimeoutException($"Timeout of {timeout} while the latch stood at {_latch.CurrentCount}.");
    }
}
