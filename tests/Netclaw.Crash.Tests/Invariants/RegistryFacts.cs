using Netclaw.Actors.Devices;
using Netclaw.Actors.Importing;
using Netclaw.Protocol;

namespace Netclaw.Crash.Tests.Invariants;

/// <summary>What a recovered gateway makes of its devices and codes.</summary>
/// <param name="Codes">Who spent each code; null: nobody yet. Null where the codes cannot be seen, as from outside.</param>
public sealed record RegistryFacts(IReadOnlyDictionary<DeviceId, DeviceStand> Devices, IReadOnlyDictionary<PairingCodeId, DeviceId?>? Codes)
{
    /// <summary>The host's own credentials, past and present: the daemon makes them, nobody asks for them.</summary>
    public IReadOnlyDictionary<DeviceId, DeviceStand> Hosts { get; private init; } = new Dictionary<DeviceId, DeviceStand>();

    /// <summary>Imported devices, and whether each still waits for a key. Null where they cannot be seen.</summary>
    public IReadOnlyDictionary<LegacyDeviceId, bool>? Legacy { get; private init; }

    public static RegistryFacts Of(RegistryState state) => new(
        Stands(state.Devices.Values, host: false), state.Codes.Values.ToDictionary(code => code.Id, code => code.SpentBy))
    {
        Hosts = Stands(state.Devices.Values, host: true),
        Legacy = Waiting(state.Legacy.Values),
    };

    public static RegistryFacts Of(RegistrySnapshot snapshot) => new(Stands(snapshot.Devices.Values, host: false), Codes: null)
    {
        Hosts = Stands(snapshot.Devices.Values, host: true),
        Legacy = Waiting(snapshot.Legacy.Values),
    };

    private static Dictionary<LegacyDeviceId, bool> Waiting(IEnumerable<LegacyDevice> legacy) => legacy.ToDictionary(device => device.Id, device => device.IsWaiting);

    private static Dictionary<DeviceId, DeviceStand> Stands(IEnumerable<Device> devices, bool host) => devices
        .Where(device => device.Kind == DeviceKind.Host == host)
        .ToDictionary(device => device.Id, device => device.IsRevoked ? (DeviceStand)new DeviceStand.Revoked() : new DeviceStand.Paired(device.Scopes));
}
