namespace Akka.Dispatch;

/// <summary>
/// Segments that were read to their end, for the next mailbox of the dispatcher that fills one: a flood that outruns its reader allocates
/// nothing once an earlier one has left its segments here. Only segments of full length. At most <see cref="Most"/> are kept (128 MiB, eight million
/// waiting messages). Those that nobody needed for <see cref="Patience"/> go to the garbage collector, so ten seconds after the last flood an idle
/// dispatcher keeps none.
/// </summary>
internal sealed class SegmentPool(TimeProvider time)
{
    public const int SegmentLength = 512;
    public const int Most = 16_384;

    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly Lock gate = new();
    private MailboxSegment? top;
    private int count;
    private int unneeded; // the lowest count since the last look
    private ITimer? timer;

    public int Count => Volatile.Read(ref count);

    /// <summary>A closed segment without an owner (every count is past its end), or null.</summary>
    public MailboxSegment? Take()
    {
        if (Volatile.Read(ref count) == 0)
            return null;
        lock (gate)
        {
            if (top is not { } taken)
                return null;
            top = taken.Next;
            taken.Next = null;
            unneeded = Math.Min(unneeded, --count);
            return taken;
        }
    }

    /// <summary>Of a segment whose every slot was reserved, read and cleared.</summary>
    public void Return(MailboxSegment segment)
    {
        segment.Owner = null;
        lock (gate)
        {
            if (count == Most)
                return;
            segment.Next = top;
            top = segment;
            if (++count == 1)
                Watch();
        }
    }

    private void Watch()
    {
        unneeded = 0;
        if (timer is null)
            timer = time.CreateTimer(static pool => ((SegmentPool)pool!).Trim(), this, Patience, Timeout.InfiniteTimeSpan);
        else
            timer.Change(Patience, Timeout.InfiniteTimeSpan);
    }

    private void Trim()
    {
        lock (gate)
        {
            // That many lay here all the time.
            for (; unneeded > 0 && top is not null; unneeded--, count--)
                top = top.Next;
            unneeded = count;
            if (count > 0)
                timer!.Change(Patience, Timeout.InfiniteTimeSpan);
        }
    }
}
