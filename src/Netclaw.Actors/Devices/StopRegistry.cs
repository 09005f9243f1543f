namespace Netclaw.Actors.Devices;

/// <summary>To the registry, when the daemon goes down: it writes what it was asked before, takes a snapshot if it is worth one, and stops.</summary>
public sealed class StopRegistry
{
    public static readonly StopRegistry Instance = new();

    private StopRegistry()
    {
    }
}
