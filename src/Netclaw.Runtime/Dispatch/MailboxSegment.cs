using Akka.Actor;

namespace Akka.Dispatch;

/// <summary>
/// A run of mailbox slots. Writers reserve a slot by counting <see cref="Reserved"/> up; counts past the end mean
/// "full, go on". The message is written last, so a non-null message is a finished slot.
/// </summary>
internal sealed class MailboxSegment(int length)
{
    public readonly Slot[] Slots = new Slot[length];
    public int Reserved;
    public MailboxSegment? Next;

    internal struct Slot
    {
        public object? Message;
        public IActorRef? Sender;
    }
}
