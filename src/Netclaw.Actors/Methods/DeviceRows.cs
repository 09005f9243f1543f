using System.Collections.Immutable;
using Netclaw.Actors.Devices;
using Netclaw.Actors.Importing;
using Netclaw.Actors.Sessions;
using Netclaw.Protocol;

namespace Netclaw.Actors.Methods;

/// <summary>Devices as operators see them.</summary>
internal static class DeviceRows
{
    public static PairListResult List(RegistrySnapshot registry, LiveSessions live, bool all, DateTimeOffset now) => new(
        [.. registry.Waiting(now).OrderBy(request => request.FirstAt).ThenBy(request => request.Id.ToString(), StringComparer.Ordinal).Select(PairingEvents.ToMessage)],
        [.. registry.Devices.Values.Where(device => all || !device.IsRevoked).OrderBy(device => device.Name, StringComparer.Ordinal)
            .ThenBy(device => device.Id.ToString(), StringComparer.Ordinal).Select(device => Row(device, live))],
        registry.LiveCodes, Legacy(registry, all));

    public static PairedDevice Row(Device device, LiveSessions live) => new(
        device.Id, device.Key, device.Name, device.Platform, Kind(device), device.Roles, device.Scopes, Via(device.Via), device.PairedBy,
        device.PairedAt.ToUnixTimeMilliseconds(), device.SeenAt?.ToUnixTimeMilliseconds(),
        live.ForDevice(device.Id).Any(session => session.State is SessionState.Active or SessionState.Draining),
        device.RevokedAt?.ToUnixTimeMilliseconds(),
        device.Tokens.IsEmpty ? null : [.. device.Tokens.Select(token => new PairedToken(token.Role, token.Scopes, token.IssuedAt.ToUnixTimeMilliseconds()))],
        device.SuspendedAt?.ToUnixTimeMilliseconds());

    /// <summary>Null where there are none, so that lists look as they always did.</summary>
    private static ImmutableArray<LegacyDeviceRow>? Legacy(RegistrySnapshot registry, bool all)
    {
        var rows = registry.Legacy.Values.Where(legacy => all || legacy.IsWaiting).OrderBy(legacy => legacy.Name, StringComparer.Ordinal)
            .ThenBy(legacy => legacy.Id.ToString(), StringComparer.Ordinal).Select(Row).ToImmutableArray();
        return rows.IsEmpty ? null : rows;
    }

    private static LegacyDeviceRow Row(LegacyDevice legacy) => new(
        legacy.Id, legacy.Name, legacy.IsBootstrapDevice, legacy.ImportedAt.ToUnixTimeMilliseconds(), legacy.CreatedAt?.ToUnixTimeMilliseconds(),
        legacy.LastUsedAt?.ToUnixTimeMilliseconds(), legacy.EnrolledAs, legacy.RemovedAt?.ToUnixTimeMilliseconds());

    private static string Kind(Device device) => device switch
    {
        { Kind: DeviceKind.Host } => "host",
        { Via: PairedVia.Internal } => "internal",
        { Kind: DeviceKind.Paired } => "paired",
        _ => throw new ArgumentOutOfRangeException(nameof(device), device.Kind, "no such kind"),
    };

    private static string Via(PairedVia via) => via switch
    {
        PairedVia.Bootstrap => "bootstrap",
        PairedVia.Code => "code",
        PairedVia.Owner => "owner",
        PairedVia.Local => "local",
        PairedVia.Internal => "internal",
        PairedVia.Import => "import",
        PairedVia.Setup => "setup",
        _ => throw new ArgumentOutOfRangeException(nameof(via), via, "no such way"),
    };
}
