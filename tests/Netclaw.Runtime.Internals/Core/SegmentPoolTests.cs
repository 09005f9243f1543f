using Akka.Dispatch;

namespace Netclaw.Runtime.Internals.Core;

/// <summary>What the pool of mailbox segments keeps, and for how long.</summary>
public sealed class SegmentPoolTests
{
    private readonly StandingTime time = new();
    private readonly SegmentPool pool;

    public SegmentPoolTests() => pool = new SegmentPool(time);

    [Fact]
    public void Keeps_NoMoreThanItsBound()
    {
        Return(SegmentPool.Most + 10);
        Assert.Equal(SegmentPool.Most, pool.Count);
    }

    [Fact]
    public void GivesUp_WhatNobodyNeeded()
    {
        Return(100);
        time.Fire(); // lay here for a part of the time only
        Assert.Equal(100, pool.Count);
        Take(30);
        Return(30);
        time.Fire(); // 70 were never needed
        Assert.Equal(30, pool.Count);
        time.Fire();
        Assert.Equal(0, pool.Count);
    }

    [Fact]
    public void Sleeps_WhenItIsEmpty()
    {
        Assert.Equal(0, time.Armed);
        Return(1);
        Assert.Equal(1, time.Armed);
        time.Fire();
        time.Fire();
        Assert.Equal(0, pool.Count);
        Assert.Equal(0, time.Armed);
        Return(1);
        Assert.Equal(1, time.Armed);
    }

    [Fact]
    public void GivesEachSegmentOnce()
    {
        Return(50);
        Assert.Equal(50, Take(50).Distinct().Count());
        Assert.Null(pool.Take());
    }

    [Fact]
    public void Forgets_WhoseSegmentItWas()
    {
        pool.Return(new MailboxSegment(SegmentPool.SegmentLength) { Reserved = SegmentPool.SegmentLength });
        var taken = pool.Take()!;
        Assert.Null(taken.Owner);
        Assert.Null(taken.Next);
        Assert.All(taken.Slots, slot => Assert.True(slot.Message is null && slot.Sender is null));
    }

    private void Return(int count)
    {
        for (var i = 0; i < count; i++)
            pool.Return(new MailboxSegment(1));
    }

    private List<MailboxSegment> Take(int count) => [.. Enumerable.Range(0, count).Select(_ => pool.Take()!)];
}
