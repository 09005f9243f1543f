namespace Netclaw.Actors.Journal;

public enum JournalFailureKind
{
    /// <summary>The journal could not be recovered: the daemon does not start.</summary>
    Unreadable,

    /// <summary>A write failed: no further change is accepted until the journal was read anew.</summary>
    WriteFailed,

    /// <summary>The journal's database is out of reach, or this process may not write to it at present.</summary>
    Away,
}

/// <param name="Cause">For people and logs; no secrets.</param>
public sealed record JournalFailure(JournalFailureKind Kind, string PersistenceId, long Sequence, string Cause, DateTimeOffset At)
{
    public override string ToString() => Kind switch
    {
        JournalFailureKind.Unreadable => $"{PersistenceId}, record {Sequence} cannot be read: {Cause}",
        JournalFailureKind.WriteFailed => $"{PersistenceId}, record {Sequence} could not be written: {Cause}",
        _ => $"the journal is away: {Cause}",
    };
}

/// <summary>
/// Whether the journal can be trusted. The first failure stands until every persistent actor was recovered anew from a journal that this
/// process alone may write (<see cref="Regained"/>); without such a way back, until the process ends. A failed flush is never retried into
/// success (recovery.md). Reads go on. Thread-safe.
/// </summary>
public sealed class JournalHealth
{
    private readonly Lock _gate = new();
    private TaskCompletionSource<JournalFailure> _failed = NewFailed();
    private volatile JournalFailure? _failure;

    /// <summary>The failure that stands; null while healthy.</summary>
    public JournalFailure? Failure => _failure;

    public bool IsHealthy => Failure is null;

    /// <summary>Completes with the next failure, or with the one that stands; never faults.</summary>
    public Task<JournalFailure> Failed
    {
        get
        {
            lock (_gate)
            {
                return _failed.Task;
            }
        }
    }

    /// <summary>True when none stood. Damage replaces a failure that stands: it says more than that the database was away.</summary>
    public bool Report(JournalFailure failure)
    {
        lock (_gate)
        {
            var first = _failure is null;
            if (first || (failure.Kind == JournalFailureKind.Unreadable && _failure!.Kind != JournalFailureKind.Unreadable))
            {
                _failure = failure;
            }

            _failed.TrySetResult(failure);
            return first;
        }
    }

    /// <summary>The journal was read anew, by every actor that writes to it, after its failure. Whoever cannot say so never calls this.</summary>
    public void Regained()
    {
        lock (_gate)
        {
            if (_failure is not null)
            {
                _failure = null;
                _failed = NewFailed();
            }
        }
    }

    private static TaskCompletionSource<JournalFailure> NewFailed() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
