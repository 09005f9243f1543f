using System.Security.Cryptography;
using System.Text.Json.Serialization;

namespace Netclaw.Protocol;

/// <summary>A gateway, named by its key, so that the id proves the key: <c>gw_</c> and 26 base32 symbols (130 bits of SHA-256 of the public key).</summary>
[JsonConverter(typeof(IdJsonConverter<GatewayId>))]
public readonly record struct GatewayId : IId<GatewayId>
{
    private const string Prefix = "gw_";
    private const int Symbols = 26;

    private readonly string? _text;

    private GatewayId(string text) => _text = text;

    public static GatewayId FromPublicKey(ReadOnlySpan<byte> rawPublicKey) =>
        new(IdText.Encode(Prefix, SHA256.HashData(rawPublicKey), Symbols));

    public static bool TryParse(string? text, out GatewayId id)
    {
        var wellFormed = IdText.IsWellFormed(text, Prefix, Symbols);
        id = wellFormed ? new GatewayId(text!) : default;
        return wellFormed;
    }

    public override string ToString() => _text ?? "";
}
