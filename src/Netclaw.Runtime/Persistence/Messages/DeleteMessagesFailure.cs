namespace Akka.Persistence;

/// <summary>Answers DeleteMessages: the events are still there, or their fate is unknown.</summary>
public sealed class DeleteMessagesFailure(Exception cause, long toSequenceNr)
{
    public Exception Cause { get; } = cause;

    public long ToSequenceNr { get; } = toSequenceNr;

    public bool Equals(DeleteMessagesFailure? other) => other is not null && Equals(Cause, other.Cause) && ToSequenceNr == other.ToSequenceNr;

    public override bool Equals(object? obj) => Equals(obj as DeleteMessagesFailure);

    public override int GetHashCode() => HashCode.Combine(Cause, ToSequenceNr);

    public override string ToString() => $"DeleteMessagesFailure<cause: {Cause}, tosequencenr: {ToSequenceNr}>";
}
