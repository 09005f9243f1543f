using System.Text.Json.Serialization;

namespace Netclaw.Protocol;

/// <summary>Something that waits for a node to fetch it. Text: <c>q_</c> and 16 base32 symbols.</summary>
[JsonConverter(typeof(IdJsonConverter<QueuedId>))]
public readonly record struct QueuedId : IId<QueuedId>
{
    private const string Prefix = "q_";
    private const int Symbols = 16;

    private readonly string? _text;

    private QueuedId(string text) => _text = text;

    public static QueuedId New() => new(IdText.Random(Prefix, Symbols));

    public static bool TryParse(string? text, out QueuedId id)
    {
        var wellFormed = IdText.IsWellFormed(text, Prefix, Symbols);
        id = wellFormed ? new QueuedId(text!) : default;
        return wellFormed;
    }

    public override string ToString() => _text ?? "";
}
