using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Netclaw.Protocol;

/// <summary>
/// A text that nobody may read off a log, an exception or a record's printed form. Compared in constant time; written to JSON
/// only where a message exists to deliver it (a pairing code to the operator who asked for it).
/// </summary>
[JsonConverter(typeof(SecretJsonConverter))]
public sealed class Secret(string value)
{
    /// <summary>The secret itself. Every use is a place to look at twice.</summary>
    public string Reveal() => value;

    public bool Matches(string? other) => CryptographicOperations.FixedTimeEquals(
        SHA256.HashData(Encoding.UTF8.GetBytes(value)), SHA256.HashData(Encoding.UTF8.GetBytes(other ?? "")));

    public override string ToString() => "***";
}

/// <summary>Secrets travel as their text; empty ones are refused.</summary>
public sealed class SecretJsonConverter : JsonConverter<Secret>
{
    public override Secret Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String && reader.GetString() is { Length: > 0 } text
            ? new Secret(text)
            : throw new JsonException("a secret must be a non-empty text");

    public override void Write(Utf8JsonWriter writer, Secret value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.Reveal());
}
