using Akka.Actor;
using Akka.Pattern;
using Akka.TestKit;
using Akka.TestKit.Configs;
using Akka.TestKit.Xunit2;

namespace Netclaw.Runtime.Contract.Pattern;

public sealed class CircuitBreakerTests : TestKit
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Call = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Reset = TimeSpan.FromMinutes(1);

    public CircuitBreakerTests() : base(TestConfigs.TestSchedulerConfig)
    {
    }

    private TestScheduler Scheduler => (TestScheduler)Sys.Scheduler;

    [Fact]
    public async Task Closed_LetsCallsThrough()
    {
        var breaker = Breaker(maxFailures: 1);
        Assert.Equal(7, await breaker.WithCircuitBreaker(() => Task.FromResult(7)).WaitAsync(Limit));
        Assert.Equal(8, breaker.WithSyncCircuitBreaker(() => 8));
        Assert.True(breaker.IsClosed);
    }

    [Fact]
    public async Task Failures_InARow_OpenIt_AndCallsFailFast()
    {
        var breaker = Breaker(maxFailures: 2);
        await Fail(breaker);
        Assert.True(breaker.IsClosed);
        Assert.Equal(1, breaker.CurrentFailureCount);
        await Fail(breaker);
        await AwaitConditionAsync(() => breaker.IsOpen, Limit, "open");
        var called = false;
        var refused = await Assert.ThrowsAsync<OpenCircuitException>(() => breaker.WithCircuitBreaker(() =>
        {
            called = true;
            return Task.CompletedTask;
        }).WaitAsync(Limit));
        Assert.False(called);
        Assert.InRange(refused.RemainingDuration, TimeSpan.FromTicks(1), Reset);
    }

    [Fact]
    public async Task Success_ResetsTheCount()
    {
        var breaker = Breaker(maxFailures: 2);
        await Fail(breaker);
        await breaker.WithCircuitBreaker(() => Task.CompletedTask).WaitAsync(Limit);
        await Fail(breaker);
        Assert.True(breaker.IsClosed);
    }

    [Fact]
    public void SyncCalls_CountToo()
    {
        var breaker = Breaker(maxFailures: 1);
        Assert.Throws<InvalidOperationException>(() => breaker.WithSyncCircuitBreaker(() => throw new InvalidOperationException()));
        AwaitCondition(() => breaker.IsOpen, Limit);
        Assert.Throws<OpenCircuitException>(() => breaker.WithSyncCircuitBreaker(() => { }));
    }

    [Fact]
    public async Task Callbacks_TellTheTransitions()
    {
        var breaker = Breaker(maxFailures: 1);
        breaker.OnOpen(() => TestActor.Tell("open", ActorRefs.NoSender)).OnClose(() => TestActor.Tell("closed", ActorRefs.NoSender));
        await Fail(breaker);
        await ExpectMsgAsync("open");
    }

    [Fact]
    public async Task Fail_AndSucceed_CountByHand()
    {
        var breaker = Breaker(maxFailures: 2);
        breaker.Fail();
        breaker.Succeed();
        breaker.Fail();
        Assert.True(breaker.IsClosed);
        breaker.Fail();
        await AwaitConditionAsync(() => breaker.IsOpen, Limit, "open");
        Assert.IsType<UserCalledFailException>(breaker.LastCaughtException);
    }

    [Fact]
    public async Task HalfOpen_SucceedsToClosed_AndFailsToOpen_OnRealTime()
    {
        using var system = ActorSystem.Create("breaker");
        var breaker = new CircuitBreaker(system.Scheduler, 1, Call, TimeSpan.FromMilliseconds(50));
        var halfOpened = 0;
        breaker.OnHalfOpen(() => Interlocked.Increment(ref halfOpened));
        await Fail(breaker);
        await AwaitConditionAsync(() => breaker.IsHalfOpen, Limit, "half-open");
        await Fail(breaker);
        Assert.False(breaker.IsClosed);
        await AwaitConditionAsync(() => breaker.IsHalfOpen && Volatile.Read(ref halfOpened) == 2, Limit, "half-open again");
        await breaker.WithCircuitBreaker(() => Task.CompletedTask).WaitAsync(Limit);
        await AwaitConditionAsync(() => breaker.IsClosed, Limit, "closed");
        await system.Terminate().WaitAsync(Limit);
    }

    [Fact]
    public async Task HalfOpen_LetsOneCallThrough_OnRealTime()
    {
        using var system = ActorSystem.Create("breaker");
        var breaker = new CircuitBreaker(system.Scheduler, 1, Call, TimeSpan.FromMilliseconds(50));
        await Fail(breaker);
        await AwaitConditionAsync(() => breaker.IsHalfOpen, Limit, "half-open");
        var gate = new TaskCompletionSource();
        var probe = breaker.WithCircuitBreaker(() => gate.Task);
        await Assert.ThrowsAsync<OpenCircuitException>(() => breaker.WithCircuitBreaker(() => Task.CompletedTask).WaitAsync(Limit));
        gate.SetResult();
        await probe.WaitAsync(Limit);
        await AwaitConditionAsync(() => breaker.IsClosed, Limit, "closed");
        await system.Terminate().WaitAsync(Limit);
    }

    [Fact]
    public async Task ACallThatTakesTooLong_CountsAsAFailure_OnRealTime()
    {
        using var system = ActorSystem.Create("breaker");
        var breaker = new CircuitBreaker(system.Scheduler, 1, TimeSpan.FromMilliseconds(30), Reset);
        var never = new TaskCompletionSource();
        var call = breaker.WithCircuitBreaker(() => never.Task);
        await Task.WhenAny(call, Task.Delay(Limit));
        Assert.True(call.IsFaulted);
        await AwaitConditionAsync(() => breaker.IsOpen, Limit, "open");
        Assert.NotNull(call.Exception);
        await system.Terminate().WaitAsync(Limit);
    }

    private CircuitBreaker Breaker(int maxFailures) => new(Scheduler, maxFailures, Call, Reset);

    private static async Task Fail(CircuitBreaker breaker)
        => await Assert.ThrowsAsync<InvalidOperationException>(() => breaker.WithCircuitBreaker(() => Task.FromException(new InvalidOperationException("no"))).WaitAsync(Limit));
}
