namespace Akka.Actor;

/// <summary>Messages put before the mailbox: unstashed ones. Used by one actor only.</summary>
internal sealed class MessageDeque
{
    private Envelope[] items = new Envelope[4];
    private int first;

    public int Count { get; private set; }

    public void AddFirst(Envelope envelope)
    {
        if (Count == items.Length)
            Grow();
        first = (first - 1 + items.Length) % items.Length;
        items[first] = envelope;
        Count++;
    }

    public void TakeFirst(out object message, out IActorRef? sender)
    {
        var envelope = items[first];
        items[first] = default;
        first = (first + 1) % items.Length;
        Count--;
        message = envelope.Message;
        sender = envelope.Sender;
    }

    private void Grow()
    {
        var larger = new Envelope[items.Length * 2];
        for (var i = 0; i < Count; i++)
            larger[i] = items[(first + i) % items.Length];
        items = larger;
        first = 0;
    }
}
