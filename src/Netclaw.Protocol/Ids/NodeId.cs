using System.Text.Json.Serialization;

namespace Netclaw.Protocol;

/// <summary>One node for as long as it is connected, where it has no device of its own. Text: <c>n_</c> and 16 base32 symbols.</summary>
[JsonConverter(typeof(IdJsonConverter<NodeId>))]
public readonly record struct NodeId : IId<NodeId>
{
    private const string Prefix = "n_";
    private const int Symbols = 16;

    private readonly string? _text;

    private NodeId(string text) => _text = text;

    public static NodeId New() => new(IdText.Random(Prefix, Symbols));

    public static bool TryParse(string? text, out NodeId id)
    {
        var wellFormed = IdText.IsWellFormed(text, Prefix, Symbols);
        id = wellFormed ? new NodeId(text!) : default;
        return wellFormed;
    }

    public override string ToString() => _text ?? "";
}
