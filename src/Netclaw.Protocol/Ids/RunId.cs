using System.Text.Json.Serialization;

namespace Netclaw.Protocol;

/// <summary>One spawned run. Text: <c>run_</c> and 16 base32 symbols.</summary>
[JsonConverter(typeof(IdJsonConverter<RunId>))]
public readonly record struct RunId : IId<RunId>
{
    private const string Prefix = "run_";
    private const int Symbols = 16;

    private readonly string? _text;

    private RunId(string text) => _text = text;

    public static RunId New() => new(IdText.Random(Prefix, Symbols));

    public static bool TryParse(string? text, out RunId id)
    {
        var wellFormed = IdText.IsWellFormed(text, Prefix, Symbols);
        id = wellFormed ? new RunId(text!) : default;
        return wellFormed;
    }

    public override string ToString() => _text ?? "";
}
