namespace Akka.Persistence;

/// <summary>Answers DeleteMessages: every event up to the number is gone, durably.</summary>
/// <remarks>Akka.NET documentation, "Persistence: Event Sourcing".</remarks>
public sealed class DeleteMessagesSuccess(long toSequenceNr)
{
    /// <summary>Up to which sequence number, inclusive.</summary>
    public long ToSequenceNr { get; } = toSequenceNr;

    /// <inheritdoc/>
    public bool Equals(DeleteMessagesSuccess? other) => other is not null && ToSequenceNr == other.ToSequenceNr;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as DeleteMessagesSuccess);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(ToSequenceNr);

    /// <inheritdoc/>
    public override string ToString() => $"DeleteMessagesSuccess<tosequencenr: {ToSequenceNr}>";
}
