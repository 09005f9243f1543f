using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using Netclaw.Actors.Devices;
using Netclaw.Actors.Importing;
using Netclaw.Protocol;

namespace Netclaw.Daemon.Recovery;

/// <summary>
/// keys/reset.json: a full reset that was agreed to and has begun. It stands there from the first step to the last, so that whoever comes after a crash
/// goes on with it, and with nothing else.
/// </summary>
/// <param name="Stamp">Behind the names of what is set aside.</param>
/// <param name="Epoch">The one that begins.</param>
/// <param name="Tombstones">Revoked devices of the journal before, as far as it could be read; the former host is one of them.</param>
/// <param name="Moved">The former journal and host key have their other names, and the mark names the new epoch.</param>
/// <param name="EndedLegacy">Imported devices of the journal before whose tokens were used or taken back, as far as it could be read; null: none.</param>
/// <param name="Host">Which of the tombstones this reset makes: the host of before; null: none, or it is not known.</param>
internal sealed record ResetOrder(string Stamp, long Epoch, ImmutableArray<Device> Tombstones, bool Moved = false, ImmutableArray<LegacyDevice>? EndedLegacy = null, DeviceId? Host = null)
{
    /// <summary>A hundred thousand tombstones are less.</summary>
    private const uint MaximumBytes = 64 * 1024 * 1024;

    /// <exception cref="IOException">Nothing was changed.</exception>
    /// <exception cref="UnauthorizedAccessException">Nothing was changed.</exception>
    public void Save(NetclawHome home) => PrivateFile.WriteAtomically(home.ResetOrder, JsonSerializer.SerializeToUtf8Bytes(this, ResetOrderJson.Default.ResetOrder));

    /// <returns>Null: no reset is under way.</returns>
    /// <exception cref="IOException">There is one, and it cannot be read.</exception>
    public static ResetOrder? Read(NetclawHome home)
    {
        switch (PrivateFile.Read(home.ResetOrder, MaximumBytes))
        {
            case PrivateFileResult.Missing:
                return null;
            case PrivateFileResult.Problem problem:
                throw new IOException(problem.Seen);
            case PrivateFileResult.Loaded loaded:
                try
                {
                    return JsonSerializer.Deserialize(loaded.Bytes, ResetOrderJson.Default.ResetOrder) ?? throw new JsonException("it is null");
                }
                catch (JsonException e)
                {
                    throw new IOException($"{home.ResetOrder} is not of the form that Netclaw writes: {e.Message}");
                }

            default:
                throw new InvalidOperationException("a private file is loaded, missing or a problem");
        }
    }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(ResetOrder))]
internal sealed partial class ResetOrderJson : JsonSerializerContext;
