namespace Akka.Persistence;

/// <summary>Answers LoadSnapshot: a snapshot may be there, but it cannot be read.</summary>
/// <remarks>Akka.NET documentation, "Persistence: Snapshots".</remarks>
public sealed class LoadSnapshotFailed(Exception cause)
{
    /// <summary>Why it failed.</summary>
    public Exception Cause { get; } = cause;
}
