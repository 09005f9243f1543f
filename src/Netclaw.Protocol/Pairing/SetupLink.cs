using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Netclaw.Protocol;

/// <summary>
/// <c>oc-pair://&lt;code&gt;</c> (gateway-protocol.md section 8): all that a node host needs to join a gateway. The code is base64url of
/// <c>{url, bootstrapToken, expiresAtMs, gatewayKey}</c>, so the whole link is a secret. The last is Netclaw's own and other clients pass it over: a node that knows
/// it shows the token to that gateway and to no other.
/// </summary>
public sealed class SetupLink
{
    public const string Start = "oc-pair://";

    private const int LongestLink = 16 * 1024;
    private const int LongestToken = 512;

    private SetupLink(Uri url, Secret token, DateTimeOffset expiresAt, string gatewayKeyHash)
    {
        Url = url;
        Token = token;
        ExpiresAt = expiresAt;
        GatewayKeyHash = gatewayKeyHash;
    }

    /// <summary>The gateway's address, http or https whatever the link says.</summary>
    public Uri Url { get; }

    /// <summary>For <see cref="ConnectAuth.BootstrapToken"/>.</summary>
    public Secret Token { get; }

    public DateTimeOffset ExpiresAt { get; }

    /// <summary>The hash that the gateway's key must have, lower-case hex (<see cref="PublicKey.HashText"/>).</summary>
    public string GatewayKeyHash { get; }

    /// <summary>The code alone, without <see cref="Start"/>.</summary>
    /// <param name="url">ws or wss, as protocol clients dial it.</param>
    public static Secret Build(string url, Secret token, DateTimeOffset expiresAt, PublicKey gatewayKey) => new(Base64UrlText.Encode(JsonSerializer.SerializeToUtf8Bytes(
        new SetupPayload(url, token, expiresAt.ToUnixTimeMilliseconds(), gatewayKey.HashText), SetupLinkJson.Default.SetupPayload)));

    /// <param name="text">The link, or the code alone.</param>
    /// <param name="problem">What is wrong, for a person, without repeating the link; empty when well-formed. Whether it has run out is the gateway's to say.</param>
    public static bool TryParse(string? text, out SetupLink link, out string problem)
    {
        link = null!;
        var code = text?.Trim() ?? "";
        code = code.StartsWith(Start, StringComparison.OrdinalIgnoreCase) ? code[Start.Length..].TrimEnd('/') : code;
        problem = code.Length is 0 or > LongestLink ? $"a setup link is {Start} and the code that the gateway gave" : Read(code, out link);
        return problem.Length == 0;
    }

    /// <summary>As people and programs dial: the address with ws for http and wss for https.</summary>
    public static string ToWebSocket(Uri url) => new UriBuilder(url) { Scheme = url.Scheme == "https" ? "wss" : "ws" }.Uri.AbsoluteUri.TrimEnd('/');

    /// <summary>An address of a gateway in either way of writing it, as http or https.</summary>
    /// <param name="problem">What is wrong, for a person; empty when well-formed.</param>
    public static bool TryReadUrl(string? text, out Uri url, out string problem)
    {
        var plain = text?.Trim() ?? "";
        plain = plain.StartsWith("wss://", StringComparison.OrdinalIgnoreCase) ? "https" + plain[3..]
            : plain.StartsWith("ws://", StringComparison.OrdinalIgnoreCase) ? "http" + plain[2..]
            : plain;
        return GatewayAddress.TryParse(plain, out url, out problem);
    }

    public override string ToString() => $"{Start}*** ({Url.AbsoluteUri})";

    private static string Read(string code, out SetupLink link)
    {
        link = null!;
        SetupPayload payload;
        var bytes = new byte[Base64Url.GetMaxDecodedLength(code.Length)];
        try
        {
            payload = Base64UrlText.TryDecode(code, bytes, out var length) && JsonSerializer.Deserialize(bytes.AsSpan(0, length), SetupLinkJson.Default.SetupPayload) is { } read
                ? read
                : throw new JsonException();
        }
        catch (JsonException)
        {
            return "it is no setup code: a part of it may be missing";
        }

        if (payload.BootstrapToken.Reveal().Length > LongestToken)
        {
            return "the setup code's token is too long";
        }

        if (!TryReadUrl(payload.Url, out var url, out var wrong))
        {
            return "the setup code's url is wrong: " + wrong;
        }

        if (payload.ExpiresAtMs is < 0 or > MaximumTimeMs)
        {
            return "the setup code's time is none";
        }

        if (!PublicKey.IsHashText(payload.GatewayKey))
        {
            return "it names no gateway key, so it is of another kind of gateway";
        }

        link = new SetupLink(url, payload.BootstrapToken, DateTimeOffset.FromUnixTimeMilliseconds(payload.ExpiresAtMs), payload.GatewayKey!);
        return "";
    }

    /// <summary>The last that a date can be, year 9999.</summary>
    private const long MaximumTimeMs = 253_402_300_799_999;
}

/// <summary>The code's content. Not for printing: a record, but its token renders as <c>***</c>.</summary>
internal sealed record SetupPayload(string Url, Secret BootstrapToken, long ExpiresAtMs, string? GatewayKey = null);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true, MaxDepth = 8)]
[JsonSerializable(typeof(SetupPayload))]
internal sealed partial class SetupLinkJson : JsonSerializerContext;
