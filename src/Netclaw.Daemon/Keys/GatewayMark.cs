using System.Text.Json;
using System.Text.Json.Serialization;
using Netclaw.Actors.Bootstrap;
using Netclaw.Protocol;

namespace Netclaw.Daemon.Keys;

/// <summary>
/// keys/gateway.json: what this installation has reached, outside the journal on purpose, so that a lost or rolled-back journal
/// is told from a fresh one (recovery.md).
/// </summary>
/// <param name="Epoch">Counts restores; a journal of a lower epoch is not this installation's.</param>
/// <param name="Bootstrap">The highest phase ever reached.</param>
public sealed record GatewayMark(GatewayId GatewayId, string Name, long Epoch, BootstrapPhase Bootstrap)
{
    public static GatewayMark Fresh(GatewayId id, string name) => new(id, name, Epoch: 1, BootstrapPhase.NotStarted);

    /// <exception cref="IOException">Nothing was changed.</exception>
    /// <exception cref="UnauthorizedAccessException">Nothing was changed.</exception>
    public void Save(NetclawHome home) =>
        PrivateFile.WriteAtomically(home.GatewayMark, JsonSerializer.SerializeToUtf8Bytes(this, GatewayMarkJson.Default.GatewayMark));

    /// <summary>Null for bytes that are no mark.</summary>
    public static GatewayMark? Read(ReadOnlySpan<byte> bytes)
    {
        try
        {
            return JsonSerializer.Deserialize(bytes, GatewayMarkJson.Default.GatewayMark);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true, WriteIndented = true,
    RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(GatewayMark))]
internal sealed partial class GatewayMarkJson : JsonSerializerContext;
