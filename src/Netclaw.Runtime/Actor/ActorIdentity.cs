namespace Akka.Actor;

/// <summary>The answer to <see cref="Identify"/>; <see cref="Subject"/> is null when no such actor lives.</summary>
/// <remarks>Akka.NET documentation, "Actor References, Paths and Addresses".</remarks>
public sealed class ActorIdentity(object messageId, IActorRef? subject)
{
    /// <summary>What the question carried, given back unchanged.</summary>
    public object MessageId { get; } = messageId;

    /// <summary>The actor that answered; null when there is none.</summary>
    public IActorRef? Subject { get; } = subject;

    /// <inheritdoc/>
    public override bool Equals(object? obj) =>
        obj is ActorIdentity other && Equals(MessageId, other.MessageId) && Equals(Subject, other.Subject);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(MessageId, Subject);

    /// <inheritdoc/>
    public override string ToString() => $"<ActorIdentity>: {MessageId} - {Subject}";
}
