using Microsoft.Extensions.Logging;
using Netclaw.Actors.Journal;
using Netclaw.Actors.Sessions;

namespace Netclaw.Actors.Devices;

/// <summary>What <see cref="DeviceRegistryActor"/> stands on.</summary>
public sealed class RegistryParts
{
    public required JournalParts Journal { get; init; }

    /// <summary>Swapped after each durable write; outlives the actor.</summary>
    public required RegistryView View { get; init; }

    public required LiveSessions Live { get; init; }
    public required ILogger Log { get; init; }

    /// <summary>How the gateway stands in this process, noted before anything is decided. Null: not known, nothing is compared.</summary>
    public Posture? Posture { get; init; }

    /// <summary>Decides; the product's rules unless a test takes one out.</summary>
    public RegistryRules Rules { get; init; } = DeviceDecider.Decide;

    public RegistryOptions Options { get; init; } = new();
}
