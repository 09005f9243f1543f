namespace Akka.Actor;

/// <summary>A message on its way through a selection.</summary>
/// <remarks>Akka.NET documentation, "Actor References, Paths and Addresses".</remarks>
public class ActorSelectionMessage(object message, SelectionPathElement[] elements, bool wildCardFanOut = false)
    : IAutoReceivedMessage, IPossiblyHarmful, IWrappedMessage
{
    /// <summary>The message itself.</summary>
    public object Message { get; } = message;

    /// <summary>What is left to follow.</summary>
    public SelectionPathElement[] Elements { get; } = elements;

    /// <summary>Whether a wildcard was followed on the way, so that finding nobody is no news.</summary>
    public bool WildCardFanOut { get; } = wildCardFanOut;

    /// <inheritdoc/>
    public override string ToString() => $"ActorSelectionMessage - Message: {Message} - WildCardFanOut: {WildCardFanOut} - Elements: {string.Join('/', Elements.Select(static each => each.ToString()))}";
}
