using System.Collections.Immutable;
using Netclaw.Actors.Bootstrap;
using Netclaw.Actors.Importing;
using Netclaw.Actors.Nodes;
using Netclaw.Actors.Pairing;
using Netclaw.Protocol;

namespace Netclaw.Actors.Devices;

/// <summary>
/// What the registry knew after one durable write. Immutable; readers take it once and never wait for the writer. Revoked
/// devices are in it, as tombstones.
/// </summary>
public sealed record RegistrySnapshot
{
    public required ImmutableDictionary<DeviceId, Device> Devices { get; init; }
    public required ImmutableDictionary<PairingRequestId, PendingRequest> Pending { get; init; }
    public required int LiveCodes { get; init; }
    public required BootstrapPhase Bootstrap { get; init; }

    /// <summary>The host credential in force.</summary>
    public DeviceId? Host { get; init; }

    /// <summary>A host key that was prepared and is not in force yet.</summary>
    public DeviceId? PreparedHost { get; init; }

    /// <summary>Devices that may connect.</summary>
    public required int PairedCount { get; init; }

    /// <summary>How the gateway stood at its last start.</summary>
    public Posture? Posture { get; init; }

    /// <summary>Exposure or auth mode changed since local devices were last paired without a prompt; an operator has to confirm that they may be again.</summary>
    public bool LocalPairingSuspended { get; init; }

    /// <summary>Imported devices without a key, those that wait no more included.</summary>
    public ImmutableDictionary<LegacyDeviceId, LegacyDevice> Legacy { get; init; } = ImmutableDictionary<LegacyDeviceId, LegacyDevice>.Empty;

    /// <summary>Setup codes that wait, and those that are remembered.</summary>
    public ImmutableDictionary<SetupCodeId, IssuedSetup> Setups { get; init; } = ImmutableDictionary<SetupCodeId, IssuedSetup>.Empty;

    /// <summary>What each node may lend.</summary>
    public ImmutableDictionary<DeviceId, ApprovedSurface> Surfaces { get; init; } = ImmutableDictionary<DeviceId, ApprovedSurface>.Empty;

    /// <summary>Surfaces that wait for an operator.</summary>
    public ImmutableDictionary<PairingRequestId, SurfaceRequest> SurfaceRequests { get; init; } = ImmutableDictionary<PairingRequestId, SurfaceRequest>.Empty;

    /// <summary>Counts restores and resets of this gateway's journal, from 1.</summary>
    public long Epoch { get; init; } = RegistryState.FirstEpoch;

    /// <summary>The journal's sequence number this snapshot stands on.</summary>
    public required long Sequence { get; init; }

    /// <summary>What is listed and may be approved: a request that has run out is neither, whether or not its end is written yet.</summary>
    public IEnumerable<PendingRequest> Waiting(DateTimeOffset now) => Pending.Values.Where(request => !request.IsExpired(now));

    public static RegistrySnapshot Empty { get; } = new()
    {
        Devices = ImmutableDictionary<DeviceId, Device>.Empty,
        Pending = ImmutableDictionary<PairingRequestId, PendingRequest>.Empty,
        LiveCodes = 0,
        Bootstrap = BootstrapPhase.NotStarted,
        PairedCount = 0,
        Sequence = 0,
    };
}

/// <summary>The holder that outlives the registry actor: swapped by it after each durable write, read by everybody else.</summary>
public sealed class RegistryView
{
    private volatile RegistrySnapshot? _current;

    /// <summary>Null until the journal has been recovered.</summary>
    public RegistrySnapshot? Current => _current;

    /// <summary>Called by the registry actor alone.</summary>
    public void Swap(RegistrySnapshot next) => _current = next;
}
