using System.Text.Json.Serialization;

namespace Netclaw.Protocol;

/// <summary>One pending pairing request. Text: <c>r_</c> and 12 base32 symbols.</summary>
[JsonConverter(typeof(IdJsonConverter<PairingRequestId>))]
public readonly record struct PairingRequestId : IId<PairingRequestId>
{
    private const string Prefix = "r_";
    private const int Symbols = 12;

    private readonly string? _text;

    private PairingRequestId(string text) => _text = text;

    public static PairingRequestId New() => new(IdText.Random(Prefix, Symbols));

    public static bool TryParse(string? text, out PairingRequestId id)
    {
        var wellFormed = IdText.IsWellFormed(text, Prefix, Symbols);
        id = wellFormed ? new PairingRequestId(text!) : default;
        return wellFormed;
    }

    public override string ToString() => _text ?? "";
}
