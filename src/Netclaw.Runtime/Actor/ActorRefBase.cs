namespace Akka.Actor;

/// <summary>Equality, order and text that all references share.</summary>
public abstract class ActorRefBase : IActorRef
{
    protected ActorRefBase()
    {
    }

    public abstract ActorPath Path { get; }

    /// <summary>The incarnation, known without making the path.</summary>
    internal virtual long Incarnation => Path.Uid;

    public void Tell(object message, IActorRef? sender)
    {
        if (message is null)
            throw new InvalidMessageException();
        TellInternal(message, sender!);
    }

    protected abstract void TellInternal(object message, IActorRef sender);

    public bool Equals(IActorRef? other)
    {
        if (ReferenceEquals(this, other))
            return true;
        if (other is null || (this is LocalActorRef && other is LocalActorRef))
            return false;
        return Path.Uid == other.Path.Uid && Path.Equals(other.Path);
    }

    public override bool Equals(object? obj) => Equals(obj as IActorRef);

    public override int GetHashCode() => Incarnation.GetHashCode();

    public int CompareTo(IActorRef? other)
    {
        if (other is null)
            return 1;
        var order = Path.CompareTo(other.Path);
        return order != 0 ? order : Path.Uid.CompareTo(other.Path.Uid);
    }

    public int CompareTo(object? obj) => obj switch
    {
        null => 1,
        IActorRef other => CompareTo(other),
        _ => throw new ArgumentException($"An actor reference cannot be compared with {obj.GetType()}.", nameof(obj)),
    };

    public override string ToString() => $"[{Path}]";
}
