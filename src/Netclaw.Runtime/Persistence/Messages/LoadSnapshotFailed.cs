namespace Akka.Persistence;

/// <summary>Answers LoadSnapshot: a snapshot may be there, but it cannot be read.</summary>
public sealed class LoadSnapshotFailed(Exception cause)
{
    public Exception Cause { get; } = cause;
}
