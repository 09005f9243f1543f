using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Netclaw.Protocol;

/// <summary>Key algorithms that may name a device or a gateway.</summary>
public enum KeyAlgorithm
{
    /// <summary>ECDSA on NIST P-256 with SHA-256; Netclaw's own. Raw key: the uncompressed point, 65 bytes (SEC 1).</summary>
    P256,

    /// <summary>Ed25519 (RFC 8032); protocol clients. Raw key: 32 bytes.</summary>
    Ed25519,
}

/// <summary>
/// A public key. Text: <c>p256:</c> or <c>ed25519:</c> and the raw key in base64url without padding. Parsing checks the
/// shape; whether a P-256 point lies on the curve is checked by <see cref="P256.TryImport"/>.
/// </summary>
[JsonConverter(typeof(PublicKeyJsonConverter))]
public sealed class PublicKey : IEquatable<PublicKey>
{
    private readonly byte[] _raw;

    // Worked out when first asked for: a registry of 100,000 keys is read at start, and few of them ever connect.
    private string? _text;
    private byte[]? _hash;

    private PublicKey(KeyAlgorithm algorithm, byte[] raw)
    {
        Algorithm = algorithm;
        _raw = raw;
    }

    public KeyAlgorithm Algorithm { get; }

    public ReadOnlySpan<byte> Raw => _raw;

    /// <summary>SHA-256 of the raw key, 32 bytes; do not write to it.</summary>
    public byte[] Hash => _hash ??= SHA256.HashData(_raw);

    /// <summary>The hash as lower-case hex, as it stands in signed transcripts and pairing links.</summary>
    public string HashText => Convert.ToHexStringLower(Hash);

    /// <summary>Whether a text could be some key's <see cref="HashText"/>.</summary>
    public static bool IsHashText(string? text) => text is { Length: 64 } && !text.AsSpan().ContainsAnyExcept("0123456789abcdef");

    public DeviceId DeviceId => DeviceId.FromKeyHash(Hash);

    public GatewayId GatewayId => GatewayId.FromPublicKey(_raw);

    public static bool TryCreate(KeyAlgorithm algorithm, ReadOnlySpan<byte> raw, out PublicKey key)
    {
        var wellFormed = algorithm switch
        {
            KeyAlgorithm.P256 => raw.Length == 65 && raw[0] == 0x04,
            KeyAlgorithm.Ed25519 => raw.Length == 32,
            _ => false,
        };
        key = wellFormed ? new PublicKey(algorithm, raw.ToArray()) : null!;
        return wellFormed;
    }

    public static bool TryParse(string? text, out PublicKey key)
    {
        key = null!;
        foreach (var algorithm in (ReadOnlySpan<KeyAlgorithm>)[KeyAlgorithm.P256, KeyAlgorithm.Ed25519])
        {
            var prefix = Prefix(algorithm);
            if (text is { Length: < 128 } && text.StartsWith(prefix, StringComparison.Ordinal))
            {
                Span<byte> raw = stackalloc byte[96];
                return Base64UrlText.TryDecode(text.AsSpan(prefix.Length), raw, out var length)
                    && TryCreate(algorithm, raw[..length], out key);
            }
        }

        return false;
    }

    public bool Equals(PublicKey? other) => other is not null && other.Algorithm == Algorithm && other._raw.AsSpan().SequenceEqual(_raw);

    public override bool Equals(object? obj) => Equals(obj as PublicKey);

    public override int GetHashCode()
    {
        var hash = new HashCode();
        hash.AddBytes(_raw);
        return hash.ToHashCode();
    }

    public override string ToString() => _text ??= Prefix(Algorithm) + Base64UrlText.Encode(_raw);

    private static string Prefix(KeyAlgorithm algorithm) => algorithm == KeyAlgorithm.P256 ? "p256:" : "ed25519:";
}

/// <summary>Keys travel as their text.</summary>
public sealed class PublicKeyJsonConverter : JsonConverter<PublicKey>
{
    public override PublicKey Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String && PublicKey.TryParse(reader.GetString(), out var key)
            ? key
            : throw new JsonException("not a well-formed public key");

    public override void Write(Utf8JsonWriter writer, PublicKey value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.ToString());
}
