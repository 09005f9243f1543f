using System.Collections.Concurrent;
using Netclaw.Actors.Journal;

namespace Netclaw.Actors.Tests.Devices;

/// <summary>Stands at the moment between the durable write and the first answer, and may look around there, wait, or fail.</summary>
internal sealed class ProbeOfDurability : IDurabilityProbe
{
    private readonly ConcurrentQueue<long> _writes = new();

    /// <summary>Last sequence of each write, in order.</summary>
    public IReadOnlyCollection<long> Writes => _writes;

    public Action<long> OnPersisted { get; set; } = _ => { };

    public void Persisted(string persistenceId, long lastSequence)
    {
        Assert.Equal("device-registry", persistenceId);
        _writes.Enqueue(lastSequence);
        OnPersisted(lastSequence);
    }
}
