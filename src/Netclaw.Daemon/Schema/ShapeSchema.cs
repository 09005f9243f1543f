using System.Text;
using System.Text.Json.Nodes;

namespace Netclaw.Daemon.Schema;

/// <summary>A shape in the words of JSON Schema, exactly as wide as the reader.</summary>
internal static class ShapeSchema
{
    public static JsonObject Of(KeyShape shape) => shape switch
    {
        KeyShape.Text { Format: null } => new() { ["type"] = "string" },
        KeyShape.Text { Format: { } format } => new() { ["type"] = "string", ["$comment"] = format },
        KeyShape.Hidden => new() { ["type"] = "string", ["writeOnly"] = true },
        KeyShape.Flag => new() { ["type"] = "boolean" },
        KeyShape.Integer integer => new() { ["type"] = "integer", ["minimum"] = integer.Least, ["maximum"] = integer.Most },
        KeyShape.Word word => new() { ["const"] = word.Value },
        KeyShape.Choice choice => Choice(choice),
        KeyShape.List list => new() { ["type"] = "array", ["items"] = Of(list.Item) },
        KeyShape.Map map => new() { ["type"] = "object", ["additionalProperties"] = Of(map.Value) },
        KeyShape.Either either => new() { ["anyOf"] = new JsonArray(Of(either.First), Of(either.Second)) },
        KeyShape.Group => throw new ArgumentException("a group has keys, not a value", nameof(shape)),
        _ => throw new ArgumentOutOfRangeException(nameof(shape), shape, "no such shape"),
    };

    /// <summary>The plain names for editors to offer, and a pattern for whoever writes them otherwise.</summary>
    private static JsonObject Choice(KeyShape.Choice choice) => new()
    {
        ["type"] = "string",
        ["anyOf"] = new JsonArray(
            new JsonObject { ["enum"] = new JsonArray([.. choice.Names.Select(name => JsonValue.Create(name))]) },
            new JsonObject { ["pattern"] = $"^(?:{string.Join('|', choice.Names.Select(Loosely))})$" }),
    };

    /// <summary>In any case, with hyphens anywhere or nowhere: what the reader takes.</summary>
    private static string Loosely(string name)
    {
        var pattern = new StringBuilder("-*");
        foreach (var symbol in name.Where(symbol => symbol != '-'))
        {
            pattern.Append(char.IsAsciiLetter(symbol) ? $"[{char.ToUpperInvariant(symbol)}{char.ToLowerInvariant(symbol)}]" : $"[{symbol}]").Append("-*");
        }

        return pattern.ToString();
    }
}
