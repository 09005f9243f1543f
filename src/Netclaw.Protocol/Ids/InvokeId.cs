using System.Text.Json.Serialization;

namespace Netclaw.Protocol;

/// <summary>One command on its way to a node and back. Text: <c>inv_</c> and 16 base32 symbols; drawn by the gateway.</summary>
[JsonConverter(typeof(IdJsonConverter<InvokeId>))]
public readonly record struct InvokeId : IId<InvokeId>
{
    private const string Prefix = "inv_";
    private const int Symbols = 16;

    private readonly string? _text;

    private InvokeId(string text) => _text = text;

    public static InvokeId New() => new(IdText.Random(Prefix, Symbols));

    public static bool TryParse(string? text, out InvokeId id)
    {
        var wellFormed = IdText.IsWellFormed(text, Prefix, Symbols);
        id = wellFormed ? new InvokeId(text!) : default;
        return wellFormed;
    }

    public override string ToString() => _text ?? "";
}
