using Netclaw.Protocol;

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
/// process alone may write (<see cref="TryRegain"/>); without such a way back, until the process ends. A failed flush is never retried into
/// success (recovery.md). Reads go on. Thread-safe.
/// </summary>
public sealed class JournalHealth
{
    private readonly Lock _gate = new();
    private TaskCompletionSource<JournalFailure> _failed = NewFailed();
    private volatile JournalFailure? _failure;
    private long _epoch;

    /// <summary>Who writes, and what is known to be durable.</summary>
    public JournalWriters Writers { get; } = new();

    /// <summary>How many failures were reported. What was read before the last one counts for nothing.</summary>
    public long Epoch => Interlocked.Read(ref _epoch);

    /// <summary>The failure that stands; null while healthy.</summary>
    public JournalFailure? Failure => _failure;

    public bool IsHealthy => Failure is null;

    /// <summary>Whether somebody ends a failure from within, once the journal is this process's again (<see cref="TryRegain"/>).</summary>
    public bool ComesBack { get; set; }

    /// <summary>The failure that stands, in a word (<see cref="JournalTrouble"/>); null while healthy.</summary>
    public string? State => Failure?.Kind switch
    {
        null => null,
        JournalFailureKind.Unreadable => JournalTrouble.Unreadable,
        _ => ComesBack ? JournalTrouble.Away : JournalTrouble.Stopped,
    };

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

    /// <summary>True when none stood. Damage replaces a failure that stands: it says more than that the database was away, and newer damage more than older.</summary>
    public bool Report(JournalFailure failure)
    {
        lock (_gate)
        {
            Interlocked.Increment(ref _epoch);
            var first = _failure is null;
            if (first || failure.Kind == JournalFailureKind.Unreadable)
            {
                _failure = failure;
            }

            _failed.TrySetResult(failure);
            return first;
        }
    }

    /// <summary>Ends the failure, if every living writer has read the journal anew since it was last reported. Whoever cannot hold the journal for this process never calls this.</summary>
    /// <returns>The persistence ids of those who have not; empty when the journal is healthy again.</returns>
    public IReadOnlyList<string> TryRegain()
    {
        lock (_gate)
        {
            string[] late = [.. Writers.Living.Where(writer => !writer.IsCurrent(Epoch)).Select(writer => writer.PersistenceId)];
            if (late.Length == 0 && _failure is not null)
            {
                _failure = null;
                _failed = NewFailed();
            }

            return late;
        }
    }

    private static TaskCompletionSource<JournalFailure> NewFailed() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
