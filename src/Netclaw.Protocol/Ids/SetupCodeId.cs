using System.Text.Json.Serialization;

namespace Netclaw.Protocol;

/// <summary>One setup code, by which it is listed and asked after; says nothing of the token in it. Text: <c>i_</c> and 16 base32 symbols.</summary>
[JsonConverter(typeof(IdJsonConverter<SetupCodeId>))]
public readonly record struct SetupCodeId : IId<SetupCodeId>
{
    private const string Prefix = "i_";
    private const int Symbols = 16;

    private readonly string? _text;

    private SetupCodeId(string text) => _text = text;

    public static SetupCodeId New() => new(IdText.Random(Prefix, Symbols));

    public static bool TryParse(string? text, out SetupCodeId id)
    {
        var wellFormed = IdText.IsWellFormed(text, Prefix, Symbols);
        id = wellFormed ? new SetupCodeId(text!) : default;
        return wellFormed;
    }

    public override string ToString() => _text ?? "";
}
