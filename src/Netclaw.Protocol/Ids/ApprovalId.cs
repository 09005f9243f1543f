using System.Text.Json.Serialization;

namespace Netclaw.Protocol;

/// <summary>What a node asks operators to allow. Text: <c>ap_</c> and 16 base32 symbols.</summary>
[JsonConverter(typeof(IdJsonConverter<ApprovalId>))]
public readonly record struct ApprovalId : IId<ApprovalId>
{
    private const string Prefix = "ap_";
    private const int Symbols = 16;

    private readonly string? _text;

    private ApprovalId(string text) => _text = text;

    public static ApprovalId New() => new(IdText.Random(Prefix, Symbols));

    public static bool TryParse(string? text, out ApprovalId id)
    {
        var wellFormed = IdText.IsWellFormed(text, Prefix, Symbols);
        id = wellFormed ? new ApprovalId(text!) : default;
        return wellFormed;
    }

    public override string ToString() => _text ?? "";
}
