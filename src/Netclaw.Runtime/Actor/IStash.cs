namespace Akka.Actor;

/// <summary>Messages put aside. They come back before those in the mailbox, in the order they arrived.</summary>
/// <remarks>Akka.NET documentation, "Stash".</remarks>
public interface IStash
{
    /// <summary>How many messages are stashed.</summary>
    int Count { get; }

    /// <summary>Whether none is stashed.</summary>
    bool IsEmpty { get; }

    /// <summary>Whether any is stashed.</summary>
    bool NonEmpty { get; }

    /// <summary>Whether the next <see cref="Stash"/> overflows.</summary>
    bool IsFull { get; }

    /// <summary>How many messages it may hold; -1 is no limit.</summary>
    int Capacity { get; }

    /// <summary>Puts the current message aside.</summary>
    /// <exception cref="IllegalActorStateException">The current message was stashed already.</exception>
    /// <exception cref="StashOverflowException">The stash is full.</exception>
    void Stash();

    /// <summary>Brings the oldest message back.</summary>
    void Unstash();

    /// <summary>Puts the messages back in front of the mailbox, in their order; a predicate leaves the others where they are.</summary>
    void UnstashAll();

    /// <summary>Brings back what the predicate accepts; the rest stays.</summary>
    void UnstashAll(Func<Envelope, bool> predicate);

    /// <summary>Takes everything out without bringing it back.</summary>
    IEnumerable<Envelope> ClearStash();

    /// <summary>Puts messages in front of those in the stash.</summary>
    void Prepend(IEnumerable<Envelope> envelopes);
}

/// <summary>An actor with a stash, whatever its mailbox.</summary>
/// <remarks>Akka.NET documentation, "Stash".</remarks>
public interface IActorStash
{
    /// <summary>Set after construction, before PreStart. A restart brings everything back to the mailbox.</summary>
    IStash Stash { get; set; }
}

/// <summary>A stash that asks for no kind of mailbox.</summary>
/// <remarks>Akka.NET documentation, "Stash".</remarks>
public interface IWithUnrestrictedStash : IActorStash
{
}

/// <summary>An actor with a stash, bounded when its mailbox's <c>stash-capacity</c> or its Props say so.</summary>
/// <remarks>Akka.NET documentation, "Stash".</remarks>
public interface IWithStash : IWithUnrestrictedStash
{
}

/// <summary>An actor with a stash without limit.</summary>
/// <remarks>Akka.NET documentation, "Stash".</remarks>
public interface IWithUnboundedStash : IWithUnrestrictedStash
{
}

/// <summary>An actor with a bounded stash.</summary>
/// <remarks>Akka.NET documentation, "Stash".</remarks>
public interface IWithBoundedStash : IWithUnrestrictedStash
{
}

/// <summary>An untyped actor with a stash.</summary>
/// <remarks>Akka.NET documentation, "Stash".</remarks>
public abstract class UntypedActorWithStash : UntypedActor, IWithStash
{
    /// <summary>Derive from it to have a stash.</summary>
    protected UntypedActorWithStash()
    {
    }

    /// <summary>Set before the constructor runs.</summary>
    public IStash Stash { get; set; } = null!;
}

/// <summary>An untyped actor with a stash without limit.</summary>
/// <remarks>Akka.NET documentation, "Stash".</remarks>
public abstract class UntypedActorWithUnboundedStash : UntypedActor, IWithUnboundedStash
{
    /// <summary>Derive from it to have a stash.</summary>
    protected UntypedActorWithUnboundedStash()
    {
    }

    /// <summary>Set before the constructor runs.</summary>
    public IStash Stash { get; set; } = null!;
}
