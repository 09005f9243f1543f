using System.Text.Json.Serialization;

namespace Netclaw.Protocol;

/// <summary>The public half of a pairing code: <c>pc_</c> and four symbols. It names the code and proves nothing.</summary>
[JsonConverter(typeof(IdJsonConverter<PairingCodeId>))]
public readonly record struct PairingCodeId : IId<PairingCodeId>
{
    private const string Prefix = "pc_";
    internal const int Symbols = 4;

    private readonly string? _text;

    private PairingCodeId(string text) => _text = text;

    public static PairingCodeId New() => new(IdText.Random(Prefix, Symbols));

    public static bool TryParse(string? text, out PairingCodeId id)
    {
        var wellFormed = IdText.IsWellFormed(text, Prefix, Symbols);
        id = wellFormed ? new PairingCodeId(text!) : default;
        return wellFormed;
    }

    /// <summary>From the four canonical symbols alone.</summary>
    internal static bool TryParseSymbols(string symbols, out PairingCodeId id) => TryParse(Prefix + symbols, out id);

    /// <summary>The four canonical symbols alone.</summary>
    internal string Bare => _text is null ? "" : _text[Prefix.Length..];

    /// <summary>The four symbols alone, upper case, as a person reads them.</summary>
    public string Spoken => _text is null ? "" : _text[Prefix.Length..].ToUpperInvariant();

    public override string ToString() => _text ?? "";
}
