namespace Akka.Actor;

/// <summary>
/// A hashed wheel: adding, cancelling and firing cost the same however many timers there are. It knows no clock and no
/// thread; <see cref="Advance"/> is told the time. A timer never fires before its time.
/// </summary>
internal sealed class TimerWheel
{
    private readonly Lock gate = new();
    private readonly WheelTimer?[] buckets;
    private readonly long tickLength;
    private readonly int mask;
    private long nextTick;
    private int count;

    /// <param name="ticksPerWheel">Buckets; rounded up to a power of two.</param>
    /// <param name="tickLength">Resolution in clock ticks of 100 ns.</param>
    public TimerWheel(int ticksPerWheel, long tickLength)
    {
        buckets = new WheelTimer?[(int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)Math.Max(2, ticksPerWheel))];
        mask = buckets.Length - 1;
        this.tickLength = tickLength;
    }

    public int Count => Volatile.Read(ref count);

    /// <summary>When the next tick is, in clock ticks.</summary>
    public long NextTickTime => Volatile.Read(ref nextTick) * tickLength;

    /// <summary>Puts a timer, which is on no wheel, on this one. True when it is the only one there.</summary>
    public bool Add(WheelTimer timer, long due)
    {
        lock (gate)
        {
            timer.Due = due;
            timer.DueTick = Math.Max((due + tickLength - 1) / tickLength, nextTick);
            ref var head = ref buckets[timer.DueTick & mask];
            timer.After = head;
            if (head is not null)
                head.Before = timer;
            head = timer;
            timer.Wheel = this;
            return ++count == 1;
        }
    }

    /// <summary>False when it is not, or no longer, on the wheel.</summary>
    public bool Remove(WheelTimer timer)
    {
        lock (gate)
        {
            if (timer.Wheel is null)
                return false;
            Unlink(timer);
            return true;
        }
    }

    /// <summary>Fires everything due by <paramref name="now"/>; <paramref name="failed"/> gets what a timer threw.</summary>
    public void Advance(long now, Action<Exception> failed)
    {
        while (TakeDue(now, out var due))
        {
            for (WheelTimer? timer = due, next; timer is not null; timer = next)
            {
                next = timer.After;
                timer.After = null;
                Fire(timer, failed);
            }
        }
    }

    /// <summary>Takes everything off, due or not.</summary>
    public void AbandonAll()
    {
        for (var i = 0; i < buckets.Length; i++)
        {
            while (true)
            {
                WheelTimer? timer;
                lock (gate)
                {
                    timer = buckets[i];
                    if (timer is not null)
                        Unlink(timer);
                }

                if (timer is null)
                    break;
                timer.Abandon();
            }
        }
    }

    /// <summary>Takes one tick's timers off, oldest first; false when the next tick is still to come.</summary>
    private bool TakeDue(long now, out WheelTimer? due)
    {
        lock (gate)
        {
            due = null;
            if (count == 0)
                nextTick = Math.Max(nextTick, (now / tickLength) + 1);
            if (nextTick * tickLength > now)
                return false;
            var tick = nextTick++;
            for (WheelTimer? timer = buckets[tick & mask], next; timer is not null; timer = next)
            {
                next = timer.After;
                if (timer.DueTick > tick)
                    continue;
                Unlink(timer);
                timer.After = due;
                due = timer;
            }

            return true;
        }
    }

    private void Unlink(WheelTimer timer)
    {
        if (timer.Before is not null)
            timer.Before.After = timer.After;
        else
            buckets[timer.DueTick & mask] = timer.After;
        if (timer.After is not null)
            timer.After.Before = timer.Before;
        timer.Before = null;
        timer.After = null;
        timer.Wheel = null;
        count--;
    }

    private void Fire(WheelTimer timer, Action<Exception> failed)
    {
        if (timer.IsCancelled)
            return;
        try
        {
            timer.Fire();
        }
        catch (Exception error)
        {
            // A repetition that fails is over.
            failed(error);
            return;
        }

        if (timer.Interval > 0 && !timer.IsCancelled)
            Add(timer, timer.Due + timer.Interval);
    }
}
