namespace Akka.Dispatch.SysMsg;

/// <summary>Many writers push, one reader takes all at once, in the order they were pushed. Can be closed for good.</summary>
internal struct SystemStack
{
    private volatile SystemMessage? top;

    public readonly bool HasMessages => top is not null;

    /// <summary>False when the stack is closed.</summary>
    public bool TryPush(SystemMessage message)
    {
        while (true)
        {
            var seen = top;
            if (ReferenceEquals(seen, StackClosed.Instance))
                return false;
            message.Next = seen;
            if (Interlocked.CompareExchange(ref top, message, seen) == seen)
                return true;
        }
    }

    public SystemMessage? TakeAll() => Reverse(Interlocked.Exchange(ref top, null));

    /// <summary>Closes and returns what was still there.</summary>
    public SystemMessage? Close()
    {
        var rest = Interlocked.Exchange(ref top, StackClosed.Instance);
        return ReferenceEquals(rest, StackClosed.Instance) ? null : Reverse(rest);
    }

    private static SystemMessage? Reverse(SystemMessage? newest)
    {
        SystemMessage? oldest = null;
        while (newest is not null)
        {
            var next = newest.Next;
            newest.Next = oldest;
            oldest = newest;
            newest = next;
        }

        return oldest;
    }
}
