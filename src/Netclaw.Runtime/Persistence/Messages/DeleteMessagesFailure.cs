namespace Akka.Persistence;

/// <summary>Answers DeleteMessages: the events are still there, or their fate is unknown.</summary>
/// <remarks>Akka.NET documentation, "Persistence: Event Sourcing".</remarks>
public sealed class DeleteMessagesFailure(Exception cause, long toSequenceNr)
{
    /// <summary>Why it failed.</summary>
    public Exception Cause { get; } = cause;

    /// <summary>Up to which sequence number, inclusive.</summary>
    public long ToSequenceNr { get; } = toSequenceNr;

    /// <inheritdoc/>
    public bool Equals(DeleteMessagesFailure? other) => other is not null && Equals(Cause, other.Cause) && ToSequenceNr == other.ToSequenceNr;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as DeleteMessagesFailure);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Cause, ToSequenceNr);

    /// <inheritdoc/>
    public override string ToString() => $"DeleteMessagesFailure<cause: {Cause}, tosequencenr: {ToSequenceNr}>";
}
