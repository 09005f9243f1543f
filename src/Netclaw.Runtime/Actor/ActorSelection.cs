namespace Akka.Actor;

/// <summary>
/// A way through the tree from an anchor, walked anew for each message. It may end at no actor, one, or many
/// ("*" and "?" in a name; "**" as the last step for all descendants).
/// </summary>
/// <remarks>Akka.NET documentation, "Actor References, Paths and Addresses".</remarks>
public class ActorSelection : ICanTell
{
    /// <summary>Starts at the anchor and follows the elements, which may hold wildcards.</summary>
    public ActorSelection(IActorRef anchor, SelectionPathElement[] path)
    {
        Anchor = anchor;
        Path = path;
    }

    /// <summary>Starts at the anchor and follows the elements, which may hold wildcards.</summary>
    public ActorSelection(IActorRef anchor, string path)
        : this(anchor, path.Split('/'))
    {
    }

    /// <summary>Starts at the anchor and follows the elements, which may hold wildcards.</summary>
    public ActorSelection(IActorRef anchor, IEnumerable<string> elements)
        : this(anchor, [.. elements.Where(static each => each.Length > 0).Select(SelectionPathElement.Parse)])
    {
        if (Path.TakeWhile(static each => each is not SelectChildRecursive).Count() < Path.Length - 1)
            throw new IllegalActorNameException("Double wildcard can only appear at the last path entry");
    }

    /// <summary>Where the path starts.</summary>
    public IActorRef Anchor { get; }

    /// <summary>The elements to follow.</summary>
    public SelectionPathElement[] Path { get; }

    /// <summary>The elements as text, behind slashes.</summary>
    public string PathString => "/" + string.Join('/', Path.Select(static each => each.ToString()));

    /// <summary>Sends to every actor that the path matches now; a message that reaches nobody is a dead letter.</summary>
    public void Tell(object message, IActorRef? sender = null)
    {
        if (message is null)
            throw new InvalidMessageException();
        SelectionDelivery.Deliver((IInternalActorRef)Anchor, this, message, sender ?? ActorCell.GetCurrentSelfOrNoSender());
    }

    /// <summary>The actor at the selection's end.</summary>
    /// <exception cref="ActorNotFoundException">None answered in time (through the task).</exception>
    public Task<IActorRef> ResolveOne(TimeSpan timeout) => ResolveOne(timeout, CancellationToken.None);

    /// <inheritdoc cref="ResolveOne(TimeSpan)"/>
    public async Task<IActorRef> ResolveOne(TimeSpan timeout, CancellationToken ct)
    {
        try
        {
            var identity = await this.Ask<ActorIdentity>(new Identify(null!), timeout, ct).ConfigureAwait(false);
            return identity.Subject ?? throw new ActorNotFoundException($"subject was null: no actor at {Anchor.Path}{PathString}");
        }
        catch (Exception error) when (error is AskTimeoutException or OperationCanceledException)
        {
            throw new ActorNotFoundException("Exception occurred while resolving ActorSelection", error);
        }
    }

    /// <inheritdoc/>
    public override bool Equals(object? obj) =>
        obj is ActorSelection other && Equals(Anchor, other.Anchor) && PathString == other.PathString;

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Anchor, PathString);

    /// <inheritdoc/>
    public override string ToString() => $"ActorSelection[Anchor({Anchor.Path}), Path({PathString})]";
}
