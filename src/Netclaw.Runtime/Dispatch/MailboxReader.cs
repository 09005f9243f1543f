using System.Runtime.CompilerServices;
using Akka.Actor;

namespace Akka.Dispatch;

/// <summary>
/// The reading end of a mailbox. It lives in the actor's cell, away from the words that writers touch,
/// so that reading and writing do not fight for one cache line.
/// </summary>
internal struct MailboxReader
{
    private const int Spins = 64;

    private MailboxSegment? segment;
    private int index;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryRead(Mailbox mailbox, out object message, out IActorRef? sender)
    {
        var current = segment;
        if (current is not null && (uint)index < (uint)current.Slots.Length)
        {
            ref var slot = ref current.Slots[index];
            var found = Volatile.Read(ref slot.Message);
            if (found is not null && found != MailboxSegment.Hole)
            {
                message = found;
                sender = slot.Sender;
                slot.Sender = null;
                slot.Message = null;
                index++;
                return true;
            }
        }

        return TryReadSlow(mailbox, out message, out sender);
    }

    /// <summary>True when a writer has reserved a slot that is not read yet, even if it has not finished writing.</summary>
    public readonly bool HasMessages(Mailbox mailbox)
    {
        var current = segment;
        if (current is null)
            return mailbox.First is not null;
        return index < current.Slots.Length ? index < Volatile.Read(ref current.Reserved) : Volatile.Read(ref current.Next) is not null;
    }

    /// <summary>How many messages wait; a snapshot.</summary>
    public readonly int Count(Mailbox mailbox)
    {
        var count = 0;
        var from = index;
        for (var each = segment ?? mailbox.First; each is not null; each = each.Next)
        {
            count += Math.Max(0, Math.Min(each.Reserved, each.Slots.Length) - from);
            from = 0;
        }

        return count;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool TryReadSlow(Mailbox mailbox, out object message, out IActorRef? sender)
    {
        message = null!;
        sender = null;
        var spins = 0;
        while (true)
        {
            segment ??= mailbox.First;
            if (segment is null)
                return false;
            if (index == segment.Slots.Length)
            {
                var next = Volatile.Read(ref segment.Next);
                if (next is null)
                    return false;
                mailbox.Recycle(segment);
                segment = next;
                index = 0;
            }

            ref var slot = ref segment.Slots[index];
            var found = Volatile.Read(ref slot.Message);
            if (found is not null)
            {
                sender = slot.Sender;
                slot.Sender = null;
                slot.Message = null;
                index++;
                if (found == MailboxSegment.Hole)
                    continue;
                message = found;
                return true;
            }

            if (index >= Volatile.Read(ref segment.Reserved))
                return false;

            // A writer is between reserving and writing. Wait a moment; if it was taken off its core, come back later.
            if (++spins > Spins)
                return false;
            Thread.SpinWait(4);
        }
    }
}
