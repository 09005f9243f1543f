using System.Globalization;
using System.Text.Json;
using Netclaw.Protocol;
using Netclaw.Protocol.Frames;

namespace Netclaw.Interop.Tests;

/// <summary>What the gateway WebSocket takes as parameters is, member for member, what the published schema describes.</summary>
public sealed class ParamTests
{
    private static readonly string[] KnownWords =
    [
        "type", "const", "enum", "anyOf", "not", "minLength", "maxLength", "pattern", "minimum", "maximum", "items", "minItems", "maxItems", "uniqueItems", "properties", "patternProperties",
        "additionalProperties", "required", "maxProperties", "description", "title", "default", "deprecated", "x-openclaw-since",
    ];

    private readonly JsonElement _definitions = JsonElement.Parse(File.ReadAllBytes(Clients.Schema)).GetProperty("definitions");

    [WithReferenceClientFact]
    public void EveryServedMethod_TakesWhatThePublishedSchemaSays()
    {
        var described = ScopeTests.Served().Select(method => method.Name).Append(ConnectParams.Method).Distinct().Where(name => _definitions.TryGetProperty(Definition(name), out _)).ToArray();

        Assert.True(described.Length >= 54, $"only {described.Length} methods with parameters of the schema's were found");
        Assert.Equal(described.Order(StringComparer.Ordinal), ParamForm.Known.Order(StringComparer.Ordinal));
        Assert.All(described, name => Assert.Equal(Words(_definitions.GetProperty(Definition(name))), ParamForm.Words(name)));
    }

    private static string Definition(string method) => string.Concat(method.Split('.').Select(part => char.ToUpperInvariant(part[0]) + part[1..])) + "Params";

    /// <summary>The schema in the words of <see cref="ParamForm.Words"/>; a word of the schema that is not known here fails the test.</summary>
    private static string Words(JsonElement schema)
    {
        Assert.Empty(schema.EnumerateObject().Select(word => word.Name).Except(KnownWords));
        if (schema.TryGetProperty("const", out var only))
        {
            return only.ValueKind == JsonValueKind.String ? $"\"{only}\"" : only.GetRawText();
        }

        if (schema.TryGetProperty("enum", out var some))
        {
            return string.Join(" | ", some.EnumerateArray().Select(one => $"\"{one.GetString()}\""));
        }

        if (schema.TryGetProperty("anyOf", out var forms))
        {
            return string.Join(" | ", forms.EnumerateArray().Select(Words));
        }

        return !schema.TryGetProperty("type", out var type) ? Anything(schema) : type.GetString() switch
        {
            "string" => $"text {Range(schema, "minLength", "maxLength", "0")}{(schema.TryGetProperty("pattern", out var pattern) ? $" /{pattern}/" : "")}",
            "boolean" => "boolean",
            "null" => "null",
            "integer" => $"integer {Range(schema, "minimum", "maximum", "")}",
            "number" => $"number {Range(schema, "minimum", "maximum", "")}",
            "array" => $"{(schema.TryGetProperty("uniqueItems", out var unique) && unique.GetBoolean() ? "set" : "list")} {Range(schema, "minItems", "maxItems", "0")} of {Words(schema.GetProperty("items"))}",
            "object" when schema.TryGetProperty("patternProperties", out var any) => $"map{(schema.TryGetProperty("maxProperties", out var most) ? $" ..{most}" : "")} of {Words(any.GetProperty("^.*$"))}",
            "object" => Members(schema) + (schema.TryGetProperty("not", out var not) ? $" but not both {string.Join(" and ", not.GetProperty("required").EnumerateArray().Select(name => name.GetString()))}" : ""),
            var other => throw new NotSupportedException($"no such type: {other}"),
        };
    }

    private static string Anything(JsonElement schema) => schema.EnumerateObject().All(word => word.Name is "description" or "title") ? "anything" : throw new NotSupportedException(schema.GetRawText());

    private static string Members(JsonElement schema)
    {
        string[] required = schema.TryGetProperty("required", out var names) ? [.. names.EnumerateArray().Select(name => name.GetString()!)] : [];
        var isClosed = schema.TryGetProperty("additionalProperties", out var more) && more.ValueKind == JsonValueKind.False;
        var members = schema.GetProperty("properties").EnumerateObject().Select(member => $"{member.Name}{(required.Contains(member.Name) ? "" : "?")}: {Words(member.Value)}");
        return $"{{{string.Join(", ", members)}{(isClosed ? "" : ", ...")}}}";
    }

    private static string Range(JsonElement schema, string least, string most, string otherwise) => $"{Bound(schema, least, otherwise)}..{Bound(schema, most, "")}";

    private static string Bound(JsonElement schema, string name, string otherwise) =>
        schema.TryGetProperty(name, out var bound) ? bound.GetDouble().ToString(CultureInfo.InvariantCulture) : otherwise;
}
