using System.Collections.Immutable;
using Netclaw.Actors.Bootstrap;
using Netclaw.Actors.Importing;
using Netclaw.Actors.Nodes;
using Netclaw.Actors.Pairing;
using Netclaw.Protocol;

namespace Netclaw.Actors.Devices;

/// <summary>
/// Everything the registry decides on. Immutable, keyed by id, bounded except for the devices themselves. Made from events
/// alone (<see cref="Apply(RegistryEvent)"/>), so that a replay of the journal gives the same state.
/// </summary>
public sealed class RegistryState
{
    private ImmutableDictionary<string, DeviceId>? _names;

    internal RegistryState(ImmutableDictionary<string, DeviceId>? names) => _names = names;

    public static RegistryState Empty { get; } = new(null);

    /// <summary>Tombstones included.</summary>
    public ImmutableDictionary<DeviceId, Device> Devices { get; internal init; } = ImmutableDictionary<DeviceId, Device>.Empty;

    public ImmutableDictionary<PairingCodeId, IssuedCode> Codes { get; internal init; } = ImmutableDictionary<PairingCodeId, IssuedCode>.Empty;

    public ImmutableDictionary<PairingRequestId, PendingRequest> Pending { get; internal init; } = ImmutableDictionary<PairingRequestId, PendingRequest>.Empty;

    /// <summary>Oldest first.</summary>
    public ImmutableArray<SupersededRequest> Superseded { get; internal init; } = [];

    public BootstrapPhase Bootstrap { get; internal init; }

    /// <summary>The host credential in force; null before the first enrolment.</summary>
    public DeviceId? Host { get; internal init; }

    /// <summary>The host key that was prepared and is not in force yet; null: none.</summary>
    public DeviceId? PreparedHost { get; internal init; }

    public int RevokedCount { get; internal init; }

    /// <summary>How the gateway stood at its last start; null before the first that said so.</summary>
    public Posture? Posture { get; internal init; }

    public bool LocalPairingSuspended { get; internal init; }

    /// <summary>Imported devices without a key: those that wait, those whose token was spent, those that were taken back.</summary>
    public ImmutableDictionary<LegacyDeviceId, LegacyDevice> Legacy { get; internal init; } = ImmutableDictionary<LegacyDeviceId, LegacyDevice>.Empty;

    /// <summary>What each node may lend; of paired nodes alone.</summary>
    public ImmutableDictionary<DeviceId, ApprovedSurface> Surfaces { get; internal init; } = ImmutableDictionary<DeviceId, ApprovedSurface>.Empty;

    /// <summary>Surfaces that wait for an operator, at most one of each paired node.</summary>
    public ImmutableDictionary<PairingRequestId, SurfaceRequest> SurfaceRequests { get; internal init; } = ImmutableDictionary<PairingRequestId, SurfaceRequest>.Empty;

    /// <summary>Setup codes that wait, and those that are remembered.</summary>
    public ImmutableDictionary<SetupCodeId, IssuedSetup> Setups { get; internal init; } = ImmutableDictionary<SetupCodeId, IssuedSetup>.Empty;

    /// <summary>Of a journal that was never put in place of another one.</summary>
    public const long FirstEpoch = 1;

    /// <summary>Counts restores and resets; <see cref="FirstEpoch"/> before the first.</summary>
    public long Epoch { get; internal init; } = FirstEpoch;

    /// <summary>Names in use by devices that are not revoked. Worked out when first asked for: a daemon that only reads never pays.</summary>
    public ImmutableDictionary<string, DeviceId> Names => _names ??= NameIndex(Devices);

    internal ImmutableDictionary<string, DeviceId>? NamesIfKnown => _names;

    public RegistryState Apply(RegistryEvent @event) => Apply([@event]);

    public RegistryState Apply(ReadOnlySpan<RegistryEvent> events)
    {
        var draft = new RegistryDraft(this);
        foreach (var @event in events)
        {
            draft.Apply(@event);
        }

        return draft.ToState();
    }

    /// <summary>What readers see.</summary>
    public RegistrySnapshot View(DateTimeOffset now, long sequence) => new()
    {
        Devices = Devices,
        Pending = Pending,
        LiveCodes = Codes.Values.Count(code => code.IsLive(now)),
        Bootstrap = Bootstrap,
        Host = Host,
        PreparedHost = PreparedHost,
        PairedCount = Devices.Count - RevokedCount,
        Posture = Posture,
        LocalPairingSuspended = LocalPairingSuspended,
        Legacy = Legacy,
        Setups = Setups,
        Epoch = Epoch,
        Surfaces = Surfaces,
        SurfaceRequests = SurfaceRequests,
        Sequence = sequence,
    };

    /// <summary>When something next expires by itself; null when nothing will.</summary>
    public DateTimeOffset? NextExpiry(DateTimeOffset now)
    {
        var deadlines = Pending.Values.Select(request => request.ExpiresAt)
            .Concat(SurfaceRequests.Values.Select(request => request.ExpiresAt))
            .Concat(Codes.Values.Where(code => code.IsLive(now)).Select(code => code.ExpiresAt));
        return deadlines.Select(deadline => (DateTimeOffset?)deadline).Min();
    }

    private static ImmutableDictionary<string, DeviceId> NameIndex(ImmutableDictionary<DeviceId, Device> devices)
    {
        var names = ImmutableDictionary.CreateBuilder<string, DeviceId>(StringComparer.OrdinalIgnoreCase);
        foreach (var device in devices.Values.Where(device => !device.IsRevoked))
        {
            names[device.Name] = device.Id;
        }

        return names.ToImmutable();
    }
}
