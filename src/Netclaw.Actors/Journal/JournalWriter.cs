using Akka.Actor;

namespace Netclaw.Actors.Journal;

/// <summary>One living incarnation of a persistent actor, as <see cref="JournalWriters"/> knows it.</summary>
/// <param name="epoch">The failures that its recovery began after (<see cref="JournalHealth.Epoch"/>).</param>
public sealed class JournalWriter(string persistenceId, IActorRef actor, long epoch)
{
    private readonly TaskCompletionSource<bool> _recovery = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile bool _recovered;

    public string PersistenceId { get; } = persistenceId;

    public IActorRef Actor { get; } = actor;

    /// <summary>True once it has recovered; false when it ended before. Never faults.</summary>
    public Task<bool> Recovery => _recovery.Task;

    internal void Recovered()
    {
        _recovered = true;
        _recovery.TrySetResult(true);
    }

    internal void Ended() => _recovery.TrySetResult(false);

    /// <summary>Whether what it decides on was read after the last failure.</summary>
    internal bool IsCurrent(long now) => _recovered && epoch == now;
}
