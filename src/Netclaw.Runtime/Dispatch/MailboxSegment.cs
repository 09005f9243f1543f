using Akka.Actor;

namespace Akka.Dispatch;

/// <summary>
/// A run of mailbox slots. Writers reserve a slot by counting <see cref="Reserved"/> up; counts past the end mean
/// "full, go on". The message is written last, so a non-null message is a finished slot. Whoever has a slot of it keeps the
/// segment where it is: the reader does not pass a slot that is reserved and not written.
/// </summary>
internal sealed class MailboxSegment(int length)
{
    /// <summary>
    /// Stands in a slot that was reserved by a writer of another mailbox, which had found this segment there before it was recycled.
    /// Readers pass over it.
    /// </summary>
    public static readonly object Hole = new();

    public readonly Slot[] Slots = new Slot[length];
    public int Reserved;

    /// <summary>Whose slots they are now; read it after the reservation. Null in the pool.</summary>
    public Mailbox? Owner;

    /// <summary>In a mailbox the segment behind it, in the pool the one below it.</summary>
    public MailboxSegment? Next;

    internal struct Slot
    {
        public object? Message;
        public IActorRef? Sender;
    }
}
