using System.Text.Json.Serialization;

namespace Netclaw.Protocol;

/// <summary>One live connection. Text: <c>s_</c> and 16 base32 symbols.</summary>
[JsonConverter(typeof(IdJsonConverter<SessionId>))]
public readonly record struct SessionId : IId<SessionId>
{
    private const string Prefix = "s_";
    private const int Symbols = 16;

    private readonly string? _text;

    private SessionId(string text) => _text = text;

    public static SessionId New() => new(IdText.Random(Prefix, Symbols));

    public static bool TryParse(string? text, out SessionId id)
    {
        var wellFormed = IdText.IsWellFormed(text, Prefix, Symbols);
        id = wellFormed ? new SessionId(text!) : default;
        return wellFormed;
    }

    public override string ToString() => _text ?? "";
}
