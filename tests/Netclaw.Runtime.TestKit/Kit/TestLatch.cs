namespace Akka.TestKit;

/// <summary>Opens when it has been counted down; actors and tests wait for it, always with a bound.</summary>
/// <remarks>Akka.NET documentation, "Testing Actor Systems".</remarks>
public class TestLatch
{
    /// <summary>Dilated before use.</summary>
    public static readonly TimeSpan DefaultTimeout = TimeSpan.FromSeconds(5);

    private readonly CountdownEvent _latch;
    private readonly Func<TimeSpan, TimeSpan> _dilate;
    private readonly TimeSpan _defaultTimeout;

    /// <summary>Open when it was counted down so often.</summary>
    public TestLatch() : this(1)
    {
    }

    /// <summary>Open when it was counted down so often.</summary>
    public TestLatch(int count) : this(count, DefaultTimeout)
    {
    }

    /// <summary>Open when it was counted down so often.</summary>
    public TestLatch(int count, TimeSpan defaultTimeout) : this(static time => time, defaultTimeout, count)
    {
    }

    internal TestLatch(Func<TimeSpan, TimeSpan> dilate, TimeSpan defaultTimeout, int count)
    {
        _latch = new CountdownEvent(count);
        _dilate = dilate;
        _defaultTimeout = defaultTimeout;
    }

    /// <summary>Whether it was counted down to the end.</summary>
    public bool IsOpen => _latch.CurrentCount == 0;

    /// <summary>One step.</summary>
    public void CountDown() => _latch.Signal();

    /// <summary>Opens it at once.</summary>
    public void Open()
    {
        while (!IsOpen) CountDown();
    }

    /// <summary>Closes it again.</summary>
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
