using System.Text.Json.Nodes;

namespace Netclaw.Daemon.Schema;

/// <summary>The JSON Schema (draft 2020-12) of netclaw.json, made of the keys that the reader asks for.</summary>
internal static class ConfigSchema
{
    public const string Draft = "https://json-schema.org/draft/2020-12/schema";

    public static JsonObject Of(IEnumerable<ConfigKey> keys)
    {
        var schema = Group("Settings of one Netclaw gateway. Every key has a default; a key that is not listed here is an error.");
        schema.Insert(0, "$schema", Draft);
        schema.Insert(1, "title", "netclaw.json");
        foreach (var key in keys)
        {
            Place(schema, key);
        }

        return schema;
    }

    private static void Place(JsonObject schema, ConfigKey key)
    {
        var at = schema;
        var steps = key.Path.Split('.');
        foreach (var step in steps[..^1])
        {
            at = step == ConfigKey.AnyName ? (JsonObject)at["additionalProperties"]! : (JsonObject)at["properties"]![step]!;
        }

        var described = key.Shape is KeyShape.Group ? Group(key.Description) : Value(key);
        if (steps[^1] == ConfigKey.AnyName)
        {
            at["additionalProperties"] = described;
        }
        else
        {
            ((JsonObject)at["properties"]!)[steps[^1]] = described;
        }

        if (key.Required)
        {
            var required = at["required"] as JsonArray ?? [];
            required.Add(steps[^1]);
            at["required"] = required;
        }
    }

    private static JsonObject Group(string description) => new()
    {
        ["description"] = description,
        ["type"] = "object",
        ["additionalProperties"] = false,
        ["properties"] = new JsonObject(),
    };

    private static JsonObject Value(ConfigKey key)
    {
        var schema = new JsonObject { ["description"] = key.DefaultNote is { } note ? $"{key.Description} Default: {note}." : key.Description };
        foreach (var (name, value) in ShapeSchema.Of(key.Shape))
        {
            schema[name] = value?.DeepClone();
        }

        if (key.Default is { } fallback)
        {
            schema["default"] = fallback.DeepClone();
        }

        return schema;
    }
}
