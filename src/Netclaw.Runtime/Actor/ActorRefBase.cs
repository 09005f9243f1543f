namespace Akka.Actor;

/// <summary>Equality, order and text that all references share.</summary>
/// <remarks>Akka.NET documentation, "Actor References, Paths and Addresses".</remarks>
public abstract class ActorRefBase : IActorRef
{
    /// <summary>For the runtime's own kinds of references.</summary>
    protected ActorRefBase()
    {
    }

    /// <summary>Where the actor stands, with its incarnation.</summary>
    public abstract ActorPath Path { get; }

    /// <summary>The incarnation, known without making the path.</summary>
    internal virtual long Incarnation => Path.Uid;

    /// <summary>Sends without waiting, at most once; from any thread.</summary>
    public void Tell(object message, IActorRef? sender)
    {
        if (message is null)
            throw new InvalidMessageException();
        TellInternal(message, sender!);
    }

    /// <summary>Delivers; the message is not null, the sender may be NoSender.</summary>
    protected abstract void TellInternal(object message, IActorRef sender);

    /// <inheritdoc/>
    public bool Equals(IActorRef? other)
    {
        if (ReferenceEquals(this, other))
            return true;
        if (other is null || (this is LocalActorRef && other is LocalActorRef))
            return false;
        return Path.Uid == other.Path.Uid && Path.Equals(other.Path);
    }

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as IActorRef);

    /// <inheritdoc/>
    public override int GetHashCode() => Incarnation.GetHashCode();

    /// <inheritdoc/>
    public int CompareTo(IActorRef? other)
    {
        if (other is null)
            return 1;
        var order = Path.CompareTo(other.Path);
        return order != 0 ? order : Path.Uid.CompareTo(other.Path.Uid);
    }

    /// <inheritdoc/>
    public int CompareTo(object? obj) => obj switch
    {
        null => 1,
        IActorRef other => CompareTo(other),
        _ => throw new ArgumentException($"An actor reference cannot be compared with {obj.GetType()}.", nameof(obj)),
    };

    /// <inheritdoc/>
    public override string ToString() => $"[{Path}]";
}
