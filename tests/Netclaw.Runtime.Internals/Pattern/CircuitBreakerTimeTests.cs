using Akka.Configuration;
using Akka.Event;
using Akka.Pattern;
using Akka.TestKit;

namespace Netclaw.Runtime.Internals.Pattern;

/// <summary>The embedded breaker takes all its time from the scheduler.</summary>
public sealed class CircuitBreakerTimeTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private readonly TestScheduler _scheduler = new(Config.Empty, NoLogger.Instance);

    [Fact]
    public async Task Open_BecomesHalfOpen_AfterTheResetTimeout()
    {
        var breaker = new CircuitBreaker(_scheduler, 1, Second, Second * 10);
        await Fail(breaker);
        _scheduler.Advance(Second * 4);
        var refused = await Assert.ThrowsAsync<OpenCircuitException>(() => Succeed(breaker));
        Assert.Equal(Second * 6, refused.RemainingDuration);
        _scheduler.Advance(Second * 6);
        Assert.True(breaker.IsHalfOpen);
        await Succeed(breaker);
        Assert.True(breaker.IsClosed);
    }

    [Fact]
    public async Task EachFailedTry_LengthensTheWait_UpToTheMost_AndClosingResetsIt()
    {
        var breaker = new CircuitBreaker(_scheduler, 1, Second, Second * 10, Second * 25, 2.0);
        foreach (var wait in new[] { 10, 20, 25, 25 })
        {
            await Fail(breaker);
            _scheduler.Advance((Second * wait) - TimeSpan.FromTicks(1));
            Assert.True(breaker.IsOpen);
            _scheduler.Advance(TimeSpan.FromTicks(1));
            Assert.True(breaker.IsHalfOpen);
        }

        await Succeed(breaker);
        await Fail(breaker);
        _scheduler.Advance(Second * 10);
        Assert.True(breaker.IsHalfOpen);
    }

    [Fact]
    public async Task ALateCall_FailsWithTimeout_AndItsLaterFailureIsObserved()
    {
        var breaker = new CircuitBreaker(_scheduler, 1, Second, Second * 10);
        var body = new TaskCompletionSource();
        var call = breaker.WithCircuitBreaker(() => body.Task);
        _scheduler.Advance(Second);
        await Assert.ThrowsAsync<TimeoutException>(() => call.WaitAsync(Limit));
        Assert.True(breaker.IsOpen);
        body.SetException(new InvalidOperationException("late"));
    }

    [Fact]
    public async Task AResultOfAnEarlierPhase_DoesNotCount()
    {
        var breaker = new CircuitBreaker(_scheduler, 1, Second * 100, Second);
        var early = new TaskCompletionSource();
        var call = breaker.WithCircuitBreaker(() => early.Task);
        await Fail(breaker);
        _scheduler.Advance(Second);
        Assert.True(breaker.IsHalfOpen);
        early.SetResult();
        await call.WaitAsync(Limit);
        Assert.True(breaker.IsHalfOpen);
    }

    private static Task Succeed(CircuitBreaker breaker) => breaker.WithCircuitBreaker(() => Task.CompletedTask).WaitAsync(Limit);

    private static Task Fail(CircuitBreaker breaker)
        => Assert.ThrowsAsync<InvalidOperationException>(() => breaker.WithCircuitBreaker(() => Task.FromException(new InvalidOperationException("no"))).WaitAsync(Limit));
}
