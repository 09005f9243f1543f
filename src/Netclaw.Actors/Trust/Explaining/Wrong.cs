using System.Text.Json;

namespace Netclaw.Actors.Trust.Explaining;

/// <summary>What is wrong with a value, in words.</summary>
internal static class Wrong
{
    public static UnreadableQuestion Kind(ref Utf8JsonReader reader, string wanted) => new("", $"must be {wanted}, but is {Name(reader.TokenType)}");

    public static UnreadableQuestion Text(string text, string wanted) => new("", $"must be {wanted}, but is \"{Shown.Line(text)}\"");

    private static string Name(JsonTokenType kind) => kind switch
    {
        JsonTokenType.StartObject => "an object",
        JsonTokenType.StartArray => "an array",
        JsonTokenType.String => "a text",
        JsonTokenType.Number => "a number",
        JsonTokenType.True or JsonTokenType.False => "true or false",
        JsonTokenType.Null => "null",
        _ => "nothing",
    };
}
