namespace Netclaw.Actors.Journal;

public enum JournalFailureKind
{
    /// <summary>The journal could not be recovered: the daemon does not start.</summary>
    Unreadable,

    /// <summary>A write failed: no further change is accepted until the process restarts.</summary>
    WriteFailed,
}

/// <param name="Cause">For people and logs; no secrets.</param>
public sealed record JournalFailure(JournalFailureKind Kind, string PersistenceId, long Sequence, string Cause, DateTimeOffset At)
{
    public override string ToString() => Kind == JournalFailureKind.Unreadable
        ? $"{PersistenceId}, record {Sequence} cannot be read: {Cause}"
        : $"{PersistenceId}, record {Sequence} could not be written: {Cause}";
}

/// <summary>
/// Whether the journal can be trusted. The first failure stands until the process ends; later ones change nothing: a failed
/// flush is never retried into success (recovery.md). Reads go on. Thread-safe.
/// </summary>
public sealed class JournalHealth
{
    private readonly TaskCompletionSource<JournalFailure> _failed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private JournalFailure? _failure;

    /// <summary>The first failure; null while healthy.</summary>
    public JournalFailure? Failure => Volatile.Read(ref _failure);

    public bool IsHealthy => Failure is null;

    /// <summary>Completes with the first failure; never faults.</summary>
    public Task<JournalFailure> Failed => _failed.Task;

    /// <summary>True when this is the first.</summary>
    public bool Report(JournalFailure failure)
    {
        if (Interlocked.CompareExchange(ref _failure, failure, null) is not null)
        {
            return false;
        }

        _failed.TrySetResult(failure);
        return true;
    }
}
