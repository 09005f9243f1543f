using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Netclaw.Actors.Bootstrap;
using Netclaw.Protocol;

namespace Netclaw.Daemon.Keys;

/// <summary>
/// keys/gateway.json: what this installation has reached, outside the journal on purpose, so that a lost or rolled-back journal
/// is told from a fresh one (recovery.md). Signed with the gateway's key.
/// </summary>
/// <param name="Epoch">Counts restores; a journal of a lower epoch is not this installation's.</param>
/// <param name="Bootstrap">The highest phase ever reached.</param>
/// <param name="Heads">How far each persistence id had come; null in a mark from before heads were kept.</param>
/// <param name="Signature">Base64 over everything else; null in a mark from before marks were signed.</param>
public sealed record GatewayMark(
    GatewayId GatewayId, string Name, long Epoch, BootstrapPhase Bootstrap, ImmutableSortedDictionary<string, MarkedHead>? Heads = null, string? Signature = null)
{
    private static readonly byte[] Label = "netclaw-gateway-mark-v1"u8.ToArray();

    public static GatewayMark Fresh(GatewayId id, string name) => new(id, name, Epoch: 1, BootstrapPhase.NotStarted);

    /// <summary>From before marks were signed: it has no heads either, so nothing in it was ever vouched for.</summary>
    [JsonIgnore]
    public bool IsOfOlderForm => Heads is null && Signature is null;

    /// <summary>Something was stored: a journal without a record is not this installation's.</summary>
    [JsonIgnore]
    public bool ExpectsJournal => Bootstrap > BootstrapPhase.NotStarted || Heads is { IsEmpty: false };

    public MarkedHead? Head(string persistenceId) => Heads?.GetValueOrDefault(persistenceId);

    public GatewayMark SignedBy(SigningKey gateway) => this with { Signature = Convert.ToBase64String(gateway.Sign(Signed())) };

    public bool IsSignedBy(PublicKey gateway)
    {
        Span<byte> signature = stackalloc byte[P256.SignatureBytes];
        return Signature is not null && Convert.TryFromBase64String(Signature, signature, out var length) && length == signature.Length
            && P256.Verify(gateway, Signed(), signature);
    }

    /// <exception cref="IOException">Nothing was changed.</exception>
    /// <exception cref="UnauthorizedAccessException">Nothing was changed.</exception>
    public void Save(NetclawHome home) =>
        PrivateFile.WriteAtomically(home.GatewayMark, JsonSerializer.SerializeToUtf8Bytes(this, GatewayMarkJson.Default.GatewayMark));

    /// <summary>Null for bytes that are no mark.</summary>
    public static GatewayMark? Read(ReadOnlySpan<byte> bytes)
    {
        try
        {
            return JsonSerializer.Deserialize(bytes, GatewayMarkJson.Default.GatewayMark) is { Epoch: > 0 } mark
                && (mark.Heads is null || mark.Heads.Values.All(head => head is { IsWellFormed: true }))
                    ? mark with { Heads = mark.Heads?.WithComparers(StringComparer.Ordinal) }
                    : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    public bool Equals(GatewayMark? other) => other is not null && Signature == other.Signature && Signed().AsSpan().SequenceEqual(other.Signed());

    public override int GetHashCode() => HashCode.Combine(GatewayId, Epoch, Bootstrap, Signature);

    /// <summary>Every field, those of variable length behind their length (32 bits, big-endian).</summary>
    private byte[] Signed()
    {
        var signed = new MemoryStream();
        signed.Write(Label);
        Add(GatewayId.ToString());
        Add(Name);
        AddNumber(Epoch);
        AddNumber((int)Bootstrap);
        AddNumber(Heads?.Count ?? -1);
        foreach (var (id, head) in Heads ?? ImmutableSortedDictionary<string, MarkedHead>.Empty)
        {
            Add(id);
            AddNumber(head.Sequence);
            Add(head.Sum);
        }

        return signed.ToArray();

        void Add(string text)
        {
            var bytes = Encoding.UTF8.GetBytes(text);
            Span<byte> length = stackalloc byte[4];
            BinaryPrimitives.WriteInt32BigEndian(length, bytes.Length);
            signed.Write(length);
            signed.Write(bytes);
        }

        void AddNumber(long number)
        {
            Span<byte> bytes = stackalloc byte[8];
            BinaryPrimitives.WriteInt64BigEndian(bytes, number);
            signed.Write(bytes);
        }
    }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true, WriteIndented = true,
    RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(GatewayMark))]
internal sealed partial class GatewayMarkJson : JsonSerializerContext;
