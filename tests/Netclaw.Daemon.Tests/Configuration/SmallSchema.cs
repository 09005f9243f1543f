using System.Text.Json.Nodes;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Netclaw.Daemon.Tests.Configuration;

/// <summary>As much of JSON Schema (draft 2020-12) as the published schema uses. A word that it does not know is an error, not a pass.</summary>
internal static class SmallSchema
{
    private static readonly HashSet<string> Annotations = ["$schema", "$comment", "title", "description", "default", "writeOnly"];

    public static bool Accepts(JsonObject schema, JsonNode? value) => schema.All(word => Accepts(schema, word.Key, word.Value, value));

    private static bool Accepts(JsonObject schema, string word, JsonNode? rule, JsonNode? value) => word switch
    {
        "type" => Is((string)rule!, value),
        "const" => JsonNode.DeepEquals(rule, value),
        "enum" => ((JsonArray)rule!).Any(entry => JsonNode.DeepEquals(entry, value)),
        "anyOf" => ((JsonArray)rule!).Any(entry => Accepts((JsonObject)entry!, value)),
        "minimum" => value is not JsonValue number || !Is("number", value) || Number(number) >= (double)rule!,
        "maximum" => value is not JsonValue number || !Is("number", value) || Number(number) <= (double)rule!,
        "pattern" => !Is("string", value) || Regex.IsMatch((string)value!, Anchored((string)rule!), RegexOptions.None, TimeSpan.FromSeconds(5)),
        "items" => value is not JsonArray list || list.All(entry => Accepts((JsonObject)rule!, entry)),
        "required" => value is not JsonObject given || ((JsonArray)rule!).All(name => given.ContainsKey((string)name!)),
        "properties" => value is not JsonObject given || given.All(entry => ((JsonObject)rule!)[entry.Key] is not JsonObject known || Accepts(known, entry.Value)),
        "additionalProperties" => value is not JsonObject given || given.Where(entry => schema["properties"]?[entry.Key] is null)
            .All(entry => rule is JsonObject further ? Accepts(further, entry.Value) : (bool)rule!),
        _ when Annotations.Contains(word) => true,
        _ => throw new InvalidOperationException($"the schema uses \"{word}\", which this validator does not know"),
    };

    private static bool Is(string type, JsonNode? value) => (type, value?.GetValueKind() ?? JsonValueKind.Null) switch
    {
        ("object", JsonValueKind.Object) or ("array", JsonValueKind.Array) or ("string", JsonValueKind.String) or ("number", JsonValueKind.Number) => true,
        ("boolean", JsonValueKind.True or JsonValueKind.False) => true,
        ("integer", JsonValueKind.Number) => double.IsInteger(Number((JsonValue)value!)),
        ("object" or "array" or "string" or "number" or "boolean" or "integer", _) => false,
        _ => throw new InvalidOperationException($"no such type: {type}"),
    };

    private static double Number(JsonValue value) => double.Parse(value.ToJsonString(), System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>In ECMA's patterns $ is the very end; here it would pass over a last line feed.</summary>
    private static string Anchored(string pattern) => pattern.EndsWith('$') ? pattern[..^1] + "\\z" : pattern;
}
