namespace Akka.TestKit;

/// <summary>Lets nobody through until a number of threads have come.</summary>
/// <remarks>Akka.NET documentation, "Testing Actor Systems".</remarks>
public class TestBarrier
{
    /// <summary>Dilated before use.</summary>
    public static readonly TimeSpan DefaultTimeout = TimeSpan.FromSeconds(5);

    private readonly TestKitBase _testKit;
    private readonly TimeSpan _defaultTimeout;
    private readonly Barrier _barrier;

    /// <summary>Opens when so many have come.</summary>
    public TestBarrier(TestKitBase testKit, int count, TimeSpan? defaultTimeout = null)
    {
        ArgumentNullException.ThrowIfNull(testKit);
        _testKit = testKit;
        _defaultTimeout = defaultTimeout ?? testKit.TestKitSettings.DefaultTimeout;
        _barrier = new Barrier(count);
    }

    /// <exception cref="TimeoutException">Not everybody came in time.</exception>
    public void Await() => Await(_defaultTimeout);

    /// <inheritdoc cref="Await()"/>
    public void Await(TimeSpan timeout)
    {
        if (!_barrier.SignalAndWait(_testKit.Dilated(timeout))) throw new TimeoutException($"Timeout of {timeout} at the barrier: {_barrier.ParticipantsRemaining} have not come.");
    }
}
