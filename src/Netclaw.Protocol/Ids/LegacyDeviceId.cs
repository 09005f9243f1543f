using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Serialization;

namespace Netclaw.Protocol;

/// <summary>
/// A device of an earlier gateway that has no key yet, named by the salted hash of its token, so that the same entry has the same name in every import.
/// Text: <c>l_</c> and 16 base32 symbols.
/// </summary>
[JsonConverter(typeof(IdJsonConverter<LegacyDeviceId>))]
public readonly record struct LegacyDeviceId : IId<LegacyDeviceId>
{
    private const string Prefix = "l_";
    private const int Symbols = 16;

    private readonly string? _text;

    private LegacyDeviceId(string text) => _text = text;

    public static LegacyDeviceId Of(SaltedHash token) =>
        new(IdText.Encode(Prefix, SHA256.HashData(Encoding.UTF8.GetBytes($"netclaw-legacy-device|{token.Sha256}|{token.Salt}")), Symbols));

    public static bool TryParse(string? text, out LegacyDeviceId id)
    {
        var wellFormed = IdText.IsWellFormed(text, Prefix, Symbols);
        id = wellFormed ? new LegacyDeviceId(text!) : default;
        return wellFormed;
    }

    public override string ToString() => _text ?? "";
}
