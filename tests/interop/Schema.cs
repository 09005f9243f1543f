using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Netclaw.Interop.Tests;

/// <summary>The protocol's published JSON Schema, as far as the definitions in use here go; a word of the schema that is not known here fails the test that meets it.</summary>
internal sealed class Schema
{
    private readonly JsonElement _root = JsonElement.Parse(File.ReadAllBytes(Clients.Schema));

    /// <summary>Ends the test with every place where <paramref name="value"/> is not of <paramref name="definition"/>.</summary>
    public void Holds(string definition, JsonElement value)
    {
        var problems = Problems(_root.GetProperty("definitions").GetProperty(definition), value, definition).ToArray();
        Assert.True(problems.Length == 0, $"{string.Join('\n', problems)}\n{value.GetRawText()}");
    }

    /// <summary>Objects that are of <paramref name="definition"/> but for one thing each: a member is missing, of another type, too short, too long, or not of the protocol.</summary>
    public IEnumerable<JsonObject> Spoilt(string definition)
    {
        var schema = _root.GetProperty("definitions").GetProperty(definition);
        var members = schema.GetProperty("properties").EnumerateObject().ToArray();
        var required = schema.TryGetProperty("required", out var names) ? names.EnumerateArray().Select(name => name.GetString()!).ToArray() : [];
        JsonObject Good() => new(members.Select(member => KeyValuePair.Create(member.Name, (JsonNode?)(member.Value.GetProperty("type").GetString() == "array" ? new JsonArray("x") : JsonValue.Create("x")))));
        JsonObject With(string name, JsonNode? value)
        {
            var spoilt = Good();
            spoilt[name] = value;
            return spoilt;
        }

        yield return With("unheardOf", 1);
        foreach (var name in required)
        {
            var lacking = Good();
            lacking.Remove(name);
            yield return lacking;
        }

        foreach (var (name, of) in members.Select(member => (member.Name, member.Value)))
        {
            foreach (var other in new JsonNode?[] { 1, true, null, new JsonObject() })
            {
                yield return With(name, other);
            }

            if (of.GetProperty("type").GetString() == "array")
            {
                yield return With(name, "x");
                yield return With(name, new JsonArray(1));
                yield return With(name, new JsonArray(""));
                continue;
            }

            yield return With(name, new JsonArray("x"));
            yield return With(name, "");
            if (of.TryGetProperty("maxLength", out var most))
            {
                yield return With(name, new string('x', most.GetInt32() + 1));
            }
        }
    }

    private IEnumerable<string> Problems(JsonElement schema, JsonElement value, string at) => schema.EnumerateObject().SelectMany(word => word.Name switch
    {
        "type" => Is(value, word.Value) ? [] : [$"{at}: is {value.ValueKind}, must be {word.Value}"],
        "const" => Same(word.Value, value) ? [] : [$"{at}: must be {word.Value}"],
        "enum" => word.Value.EnumerateArray().Any(one => Same(one, value)) ? [] : [$"{at}: {value} is none of {word.Value}"],
        "required" => value.ValueKind != JsonValueKind.Object ? [] : word.Value.EnumerateArray().Where(name => !value.TryGetProperty(name.GetString()!, out _)).Select(name => $"{at}: lacks {name}"),
        "properties" => value.ValueKind != JsonValueKind.Object ? [] : word.Value.EnumerateObject()
            .SelectMany(member => value.TryGetProperty(member.Name, out var there) ? Problems(member.Value, there, $"{at}.{member.Name}") : []),
        "patternProperties" => value.ValueKind != JsonValueKind.Object ? [] : word.Value.EnumerateObject().SelectMany(pattern => value.EnumerateObject()
            .Where(member => Matches(member.Name, pattern.Name)).SelectMany(member => Problems(pattern.Value, member.Value, $"{at}.{member.Name}"))),
        "additionalProperties" => word.Value.ValueKind switch { JsonValueKind.True => [], JsonValueKind.False => Unexpected(schema, value, at), _ => throw Unknown(word) },
        "items" => value.ValueKind != JsonValueKind.Array ? [] : value.EnumerateArray().SelectMany((item, index) => Problems(word.Value, item, string.Create(CultureInfo.InvariantCulture, $"{at}[{index}]"))),
        "anyOf" => word.Value.EnumerateArray().Any(one => !Problems(one, value, at).Any()) ? [] : [$"{at}: is none of the forms allowed"],
        "allOf" => word.Value.EnumerateArray().SelectMany(one => Problems(one, value, at)),
        "not" => Problems(word.Value, value, at).Any() ? [] : [$"{at}: is what it must not be"],
        "minLength" => value.ValueKind != JsonValueKind.String || value.GetString()!.Length >= word.Value.GetInt32() ? [] : [$"{at}: is too short"],
        "maxLength" => value.ValueKind != JsonValueKind.String || value.GetString()!.Length <= word.Value.GetInt32() ? [] : [$"{at}: is too long"],
        "minimum" => value.ValueKind != JsonValueKind.Number || value.GetDouble() >= word.Value.GetDouble() ? [] : [$"{at}: is too small"],
        "minItems" => value.ValueKind != JsonValueKind.Array || value.GetArrayLength() >= word.Value.GetInt32() ? [] : [$"{at}: has too few"],
        "maxItems" => value.ValueKind != JsonValueKind.Array || value.GetArrayLength() <= word.Value.GetInt32() ? [] : [$"{at}: has too many"],
        "maximum" => value.ValueKind != JsonValueKind.Number || value.GetDouble() <= word.Value.GetDouble() ? [] : [$"{at}: is too large"],
        "pattern" => value.ValueKind != JsonValueKind.String || Matches(value.GetString()!, word.Value.GetString()!) ? [] : [$"{at}: is not of {word.Value}"],
        "description" or "title" or "default" => Enumerable.Empty<string>(),
        _ when word.Name.StartsWith("x-", StringComparison.Ordinal) => [],
        _ => throw Unknown(word),
    });

    private static IEnumerable<string> Unexpected(JsonElement schema, JsonElement value, string at) => value.ValueKind != JsonValueKind.Object ? [] : value.EnumerateObject()
        .Where(member => !(schema.TryGetProperty("properties", out var known) && known.TryGetProperty(member.Name, out _))
            && !(schema.TryGetProperty("patternProperties", out var patterns) && patterns.EnumerateObject().Any(pattern => Matches(member.Name, pattern.Name))))
        .Select(member => $"{at}: has {member.Name}, which is not of the protocol");

    private static bool Is(JsonElement value, JsonElement type) => type.ValueKind == JsonValueKind.Array ? type.EnumerateArray().Any(one => Is(value, one)) : type.GetString() switch
    {
        "object" => value.ValueKind == JsonValueKind.Object,
        "array" => value.ValueKind == JsonValueKind.Array,
        "string" => value.ValueKind == JsonValueKind.String,
        "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        "number" => value.ValueKind == JsonValueKind.Number,
        "integer" => value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out _),
        "null" => value.ValueKind == JsonValueKind.Null,
        var other => throw new NotSupportedException($"no such type: {other}"),
    };

    private static bool Matches(string text, string pattern) => Regex.IsMatch(text, pattern, RegexOptions.None, TimeSpan.FromSeconds(1));

    private static bool Same(JsonElement one, JsonElement other) => JsonElement.DeepEquals(one, other);

    private static NotSupportedException Unknown(JsonProperty word) => new($"this word of the schema is not known here: {word.Name}");
}
