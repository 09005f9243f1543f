using System.Text.Json;
using System.Text.Json.Serialization;

namespace Netclaw.Actors.Devices;

/// <summary>Bytes encrypted under a key outside the journal (AES-256-GCM: nonce ‖ ciphertext ‖ tag). Safe to store; still printed as <c>***</c>.</summary>
[JsonConverter(typeof(SealedSecretJsonConverter))]
public sealed class SealedSecret(byte[] bytes) : IEquatable<SealedSecret>
{
    public ReadOnlyMemory<byte> Bytes => bytes;

    public bool Equals(SealedSecret? other) => other is not null && other.Bytes.Span.SequenceEqual(bytes);

    public override bool Equals(object? obj) => Equals(obj as SealedSecret);

    public override int GetHashCode() => bytes.Length == 0 ? 0 : HashCode.Combine(bytes.Length, bytes[0], bytes[^1]);

    public override string ToString() => "***";
}

/// <summary>Stored as base64.</summary>
public sealed class SealedSecretJsonConverter : JsonConverter<SealedSecret>
{
    public override SealedSecret Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        new(reader.GetBytesFromBase64());

    public override void Write(Utf8JsonWriter writer, SealedSecret value, JsonSerializerOptions options) =>
        writer.WriteBase64StringValue(value.Bytes.Span);
}
