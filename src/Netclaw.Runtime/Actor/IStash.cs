namespace Akka.Actor;

/// <summary>Messages put aside. They come back before those in the mailbox, in the order they arrived.</summary>
public interface IStash
{
    int Count { get; }

    bool IsEmpty { get; }

    bool NonEmpty { get; }

    bool IsFull { get; }

    /// <summary>How many messages it may hold; -1 is no limit.</summary>
    int Capacity { get; }

    /// <summary>Puts the current message aside.</summary>
    /// <exception cref="IllegalActorStateException">The current message was stashed already.</exception>
    /// <exception cref="StashOverflowException">The stash is full.</exception>
    void Stash();

    /// <summary>Brings the oldest message back.</summary>
    void Unstash();

    void UnstashAll();

    /// <summary>Brings back what the predicate accepts; the rest stays.</summary>
    void UnstashAll(Func<Envelope, bool> predicate);

    /// <summary>Takes everything out without bringing it back.</summary>
    IEnumerable<Envelope> ClearStash();

    /// <summary>Puts messages in front of those in the stash.</summary>
    void Prepend(IEnumerable<Envelope> envelopes);
}

public interface IActorStash
{
    /// <summary>Set after construction, before PreStart. A restart brings everything back to the mailbox.</summary>
    IStash Stash { get; set; }
}

public interface IWithUnrestrictedStash : IActorStash
{
}

/// <summary>An actor with a stash, bounded when its mailbox's <c>stash-capacity</c> or its Props say so.</summary>
public interface IWithStash : IWithUnrestrictedStash
{
}

/// <summary>An actor with a stash without limit.</summary>
public interface IWithUnboundedStash : IWithUnrestrictedStash
{
}

/// <summary>An actor with a bounded stash.</summary>
public interface IWithBoundedStash : IWithUnrestrictedStash
{
}

/// <summary>An untyped actor with a stash.</summary>
public abstract class UntypedActorWithStash : UntypedActor, IWithStash
{
    protected UntypedActorWithStash()
    {
    }

    public IStash Stash { get; set; } = null!;
}

/// <summary>An untyped actor with a stash without limit.</summary>
public abstract class UntypedActorWithUnboundedStash : UntypedActor, IWithUnboundedStash
{
    protected UntypedActorWithUnboundedStash()
    {
    }

    public IStash Stash { get; set; } = null!;
}
