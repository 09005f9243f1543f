namespace Netclaw.Actors.Devices;

/// <summary>How the registry writes. Nothing here is for users to set.</summary>
public sealed class RegistryOptions
{
    /// <summary>Commands in one durable write. Fewer cost throughput, more cost the first of them time.</summary>
    public int BatchSize { get; init; } = 256;

    /// <summary>Events between snapshots. Fewer cost writing, more cost the next start.</summary>
    public int SnapshotEvery { get; init; } = 10_000;

    /// <summary>New events that are worth a snapshot when the daemon stops.</summary>
    public int SnapshotAtStop { get; init; } = 1_000;

    /// <summary>How long a stop waits for its snapshot; without it the next start only takes longer.</summary>
    public TimeSpan StopBudget { get; init; } = TimeSpan.FromSeconds(5);
}
