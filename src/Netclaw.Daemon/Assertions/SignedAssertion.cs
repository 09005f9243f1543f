using System.Collections.Immutable;
using System.Text.Json;
using Netclaw.Protocol;

namespace Netclaw.Daemon.Assertions;

/// <summary>
/// What a signed JWT in its compact form says of itself (RFC 7515, RFC 7519), before anything of it is believed. Not a record: nothing of it may be printed.
/// </summary>
internal sealed class SignedAssertion
{
    /// <summary>Longer ones are not looked at.</summary>
    public const int LongestText = 8 * 1024;

    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = 8, AllowDuplicateProperties = false };

    private SignedAssertion(string algorithm, string? keyId, JsonElement claims)
    {
        Algorithm = algorithm;
        KeyId = keyId;
        Claims = claims;
    }

    /// <summary>Signatures by a private key only: never none, never a shared key.</summary>
    public static ImmutableArray<string> Algorithms { get; } = ["RS256", "RS384", "RS512", "PS256", "ES256", "ES384"];

    public string Algorithm { get; }

    public string? KeyId { get; }

    public JsonElement Claims { get; }

    /// <returns>Null for what is too long, encrypted, unsigned, of another algorithm, or not of the form at all.</returns>
    public static SignedAssertion? Parse(string text)
    {
        if (text.Length > LongestText || text.Split('.') is not [var head, var body, { Length: > 0 } signature] || !Base64UrlText.TryDecode(signature, new byte[text.Length], out _)
            || Json(head) is not { } header || Json(body) is not { } claims)
        {
            return null;
        }

        // What a "crit" header names has to be understood, and nothing is.
        var algorithm = Text(header, "alg");
        return algorithm is not null && Algorithms.Contains(algorithm, StringComparer.Ordinal) && !header.TryGetProperty("crit", out _)
            ? new SignedAssertion(algorithm, Text(header, "kid"), claims)
            : null;
    }

    public override string ToString() => "***";

    private static string? Text(JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static JsonElement? Json(string part)
    {
        var bytes = new byte[LongestText];
        if (!Base64UrlText.TryDecode(part, bytes, out var length))
        {
            return null;
        }

        try
        {
            using var document = JsonDocument.Parse(bytes.AsMemory(0, length), Strict);
            return document.RootElement.ValueKind == JsonValueKind.Object ? document.RootElement.Clone() : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
