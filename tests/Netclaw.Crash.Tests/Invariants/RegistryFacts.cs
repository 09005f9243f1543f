using Netclaw.Actors.Devices;
using Netclaw.Protocol;

namespace Netclaw.Crash.Tests.Invariants;

/// <summary>What a recovered gateway makes of its devices and codes.</summary>
/// <param name="Codes">Who spent each code; null: nobody yet. Null where the codes cannot be seen, as from outside.</param>
public sealed record RegistryFacts(IReadOnlyDictionary<DeviceId, DeviceStand> Devices, IReadOnlyDictionary<PairingCodeId, DeviceId?>? Codes)
{
    public static RegistryFacts Of(RegistryState state) => new(
        Stands(state.Devices.Values), state.Codes.Values.ToDictionary(code => code.Id, code => code.SpentBy));

    public static RegistryFacts Of(RegistrySnapshot snapshot) => new(Stands(snapshot.Devices.Values), Codes: null);

    /// <summary>The host's own credential is nobody's to ask for.</summary>
    private static Dictionary<DeviceId, DeviceStand> Stands(IEnumerable<Device> devices) => devices
        .Where(device => device.Kind != DeviceKind.Host)
        .ToDictionary(device => device.Id, device => device.IsRevoked ? (DeviceStand)new DeviceStand.Revoked() : new DeviceStand.Paired(device.Scopes));
}
