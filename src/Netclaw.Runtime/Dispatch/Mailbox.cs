using System.Runtime.CompilerServices;
using Akka.Actor;
using Akka.Dispatch.SysMsg;

namespace Akka.Dispatch;

/// <summary>
/// The writing end of an actor's mailbox, and the scheduling contract of the actor:
/// <list type="number">
/// <item>Whoever moves <see cref="status"/> from Idle or Parked to Scheduled hands the mailbox to the dispatcher, once.</item>
/// <item>The dispatcher's thread then runs the cell alone until it moves the status back.</item>
/// <item>Moving back is a full fence followed by one more look, so a message that was reserved before is not forgotten.</item>
/// <item>Parked is Idle with user messages suspended: only a system message wakes it.</item>
/// <item>Closed is for good; whatever is found in the mailbox afterwards is a dead letter.</item>
/// </list>
/// </summary>
internal sealed class Mailbox : IThreadPoolWorkItem
{
    private const int Idle = 0;
    private const int Scheduled = 1;
    private const int Parked = 2;
    private const int Closed = 3;

    private const int FirstLength = 8;
    private const int Growth = 4;

    private readonly MessageDispatcher dispatcher;
    private MailboxSegment? tail;
    private MailboxSegment? first;
    private SystemStack system;
    private volatile int status = Scheduled; // until the first run, which Start hands over

    public Mailbox(ActorCell cell, MessageDispatcher dispatcher)
    {
        Cell = cell;
        this.dispatcher = dispatcher;
    }

    public ActorCell Cell { get; }

    public MessageDispatcher Dispatcher => dispatcher;

    public MailboxSegment? First => Volatile.Read(ref first);

    /// <summary>Where the next message probably goes.</summary>
    public MailboxSegment? Last => Volatile.Read(ref tail);

    public bool IsClosed => status == Closed;

    public bool HasSystemMessages
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => system.HasMessages;
    }

    public SystemMessage? TakeSystemMessages() => system.TakeAll();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Post(object message, IActorRef? sender)
    {
        var segment = tail;
        if (segment is null || !TryWrite(segment, message, sender))
            PostSlow(message, sender);
        if (status != Scheduled)
            Wake();
    }

    /// <summary>False when the actor is gone.</summary>
    public bool PostSystem(SystemMessage message)
    {
        if (!system.TryPush(message))
            return false;
        var seen = status;
        if (seen is Idle or Parked && Interlocked.CompareExchange(ref status, Scheduled, seen) == seen)
            dispatcher.Execute(this);
        else if (seen is not Scheduled)
            WakeForSystem();
        return true;
    }

    /// <summary>Hands the new actor over for its first run. What is posted before waits for it.</summary>
    public void Start() => dispatcher.Execute(this);

    void IThreadPoolWorkItem.Execute() => Run();

    public void Run() => Cell.Run(this);

    /// <summary>Gives the actor up. False when there is still work: the caller keeps it, or reschedules.</summary>
    public bool TryRest(ref MailboxReader reader, bool suspended)
    {
        Interlocked.Exchange(ref status, suspended ? Parked : Idle);
        if (!system.HasMessages && (suspended || !reader.HasMessages(this)))
            return true;
        var seen = status;
        return seen == Scheduled || Interlocked.CompareExchange(ref status, Scheduled, seen) != seen;
    }

    /// <summary>Back of the queue: others first.</summary>
    public void Reschedule() => dispatcher.ExecuteLater(this);

    /// <summary>Closes for good and returns the system messages that were still there.</summary>
    public SystemMessage? Close()
    {
        status = Closed;
        Interlocked.MemoryBarrier();
        return system.Close();
    }

    /// <summary>Gives up a segment that was read to its end.</summary>
    public void Recycle(MailboxSegment segment)
    {
        segment.Next = null;
        if (segment.Slots.Length == SegmentPool.SegmentLength)
            dispatcher.Segments.Return(segment);
    }

    /// <summary>False when the segment is full, or not of this mailbox any more.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal bool TryWrite(MailboxSegment segment, object message, IActorRef? sender)
    {
        var slots = segment.Slots;
        var index = Interlocked.Increment(ref segment.Reserved) - 1;
        if ((uint)index >= (uint)slots.Length)
            return false;
        ref var slot = ref slots[index];
        if (segment.Owner != this)
            return LeaveHole(ref slot);
        slot.Sender = sender;
        Volatile.Write(ref slot.Message, message);
        return true;
    }

    /// <summary>Between this writer's look at the tail and its reservation the segment was read, recycled and opened elsewhere.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static bool LeaveHole(ref MailboxSegment.Slot slot)
    {
        Volatile.Write(ref slot.Message, MailboxSegment.Hole);
        return false;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void PostSlow(object message, IActorRef? sender)
    {
        while (true)
        {
            MailboxSegment segment;
            lock (this)
            {
                segment = tail ?? AddFirst();
                if (Volatile.Read(ref segment.Reserved) >= segment.Slots.Length)
                    segment = AddNext(segment);
            }

            if (TryWrite(segment, message, sender))
                return;
        }
    }

    private MailboxSegment AddFirst()
    {
        var segment = new MailboxSegment(FirstLength) { Owner = this };
        Volatile.Write(ref first, segment);
        Volatile.Write(ref tail, segment);
        return segment;
    }

    private MailboxSegment AddNext(MailboxSegment full)
    {
        var length = Math.Min(full.Slots.Length * Growth, SegmentPool.SegmentLength);
        var next = length == SegmentPool.SegmentLength ? dispatcher.Segments.Take() : null;
        next ??= new MailboxSegment(length);

        // A stale writer may still count on a recycled segment, so it opens only once it is linked.
        next.Owner = this;
        Volatile.Write(ref full.Next, next);
        Volatile.Write(ref next.Reserved, 0);
        Volatile.Write(ref tail, next);
        return next;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Wake()
    {
        var seen = status;
        if (seen == Idle && Interlocked.CompareExchange(ref status, Scheduled, Idle) == Idle)
            dispatcher.Execute(this);
        else if (seen == Closed)
            Cell.DrainToDeadLetters(this);
    }

    private void WakeForSystem()
    {
        // Lost a race between Idle and Parked, or closed meanwhile: look again until it is scheduled.
        while (true)
        {
            var seen = status;
            if (seen is not (Idle or Parked))
                return;
            if (Interlocked.CompareExchange(ref status, Scheduled, seen) != seen)
                continue;
            dispatcher.Execute(this);
            return;
        }
    }
}
