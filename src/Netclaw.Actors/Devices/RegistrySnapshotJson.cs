using System.Collections.Immutable;
using System.Text.Json;

namespace Netclaw.Actors.Devices;

/// <summary>A whole state as one JSON object.</summary>
internal static class RegistrySnapshotJson
{
    public static byte[] Write(RegistryState state) => JsonSerializer.SerializeToUtf8Bytes(new StoredRegistry(
        state.Bootstrap, [.. state.Pending.Values.OrderBy(request => request.FirstAt)], [.. state.Codes.Values.OrderBy(code => code.ExpiresAt)],
        state.Superseded, [.. state.Devices.Values], state.Host), RegistryJson.Default.StoredRegistry);

    public static RegistryState Read(ReadOnlySpan<byte> utf8)
    {
        var stored = JsonSerializer.Deserialize(utf8, RegistryJson.Default.StoredRegistry) ?? throw new JsonException("the snapshot is null");
        var devices = RegistryState.Empty.Devices.ToBuilder();
        var revoked = 0;
        foreach (var device in stored.Devices)
        {
            devices.Add(device.Id, device);
            revoked += device.IsRevoked ? 1 : 0;
        }

        return new RegistryState(null)
        {
            Devices = devices.ToImmutable(),
            Codes = stored.Codes.ToImmutableDictionary(code => code.Id),
            Pending = stored.Pending.ToImmutableDictionary(request => request.Id),
            Superseded = stored.Superseded,
            Bootstrap = stored.Bootstrap,
            Host = stored.Host,
            RevokedCount = revoked,
        };
    }
}
