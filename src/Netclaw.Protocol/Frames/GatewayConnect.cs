using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Netclaw.Protocol.Frames;

/// <summary>
/// Parameters of <c>connect</c> as protocol clients send them (gateway-protocol.md 2.2). What Netclaw has no use for is left in the frame: clients of other releases send
/// more than any one release knows.
/// </summary>
internal sealed record GatewayConnect
{
    public required int MinProtocol { get; init; }
    public required int MaxProtocol { get; init; }
    public required GatewayClient Client { get; init; }
    /// <summary>Left out: an operator.</summary>
    public string? Role { get; init; }
    public ImmutableArray<string>? Scopes { get; init; }
    public ImmutableArray<string>? Caps { get; init; }
    public ImmutableArray<string>? Commands { get; init; }
    public ImmutableDictionary<string, bool>? Permissions { get; init; }
    public string? PathEnv { get; init; }
    public GatewayDevice? Device { get; init; }
    public GatewayAuth? Auth { get; init; }
}

internal sealed record GatewayClient
{
    public required string Id { get; init; }
    public required string Version { get; init; }
    public required string Platform { get; init; }
    public required string Mode { get; init; }
    public string? DisplayName { get; init; }
    public string? DeviceFamily { get; init; }
    public string? InstanceId { get; init; }
}

/// <param name="Id">Lower-case hex SHA-256 of the raw key.</param>
/// <param name="PublicKey">Raw key, base64url; or in another of the ways of <see cref="ForeignKey"/>.</param>
internal sealed record GatewayDevice(string Id, string PublicKey, string Signature, long SignedAt, string Nonce);

/// <summary>Empty texts count as left out, as clients mean them.</summary>
internal sealed record GatewayAuth
{
    [JsonConverter(typeof(OfferedSecretConverter))]
    public Secret? Token { get; init; }

    [JsonConverter(typeof(OfferedSecretConverter))]
    public Secret? BootstrapToken { get; init; }

    [JsonConverter(typeof(OfferedSecretConverter))]
    public Secret? DeviceToken { get; init; }

    [JsonConverter(typeof(OfferedSecretConverter))]
    public Secret? Password { get; init; }
}

/// <summary>Read only: what a client offers is never written.</summary>
internal sealed class OfferedSecretConverter : JsonConverter<Secret>
{
    public override Secret? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType != JsonTokenType.String ? throw new JsonException("a secret must be a text")
        : reader.GetString() is { Length: > 0 } text ? new Secret(text)
        : null;

    public override void Write(Utf8JsonWriter writer, Secret value, JsonSerializerOptions options) => throw new NotSupportedException("what a client offers is never written");
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true, MaxDepth = 32)]
[JsonSerializable(typeof(GatewayConnect))]
internal sealed partial class GatewayConnectJson : JsonSerializerContext;
