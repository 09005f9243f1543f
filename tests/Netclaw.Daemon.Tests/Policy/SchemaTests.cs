using System.Reflection;
using System.Text.Json;
using Netclaw.Protocol;

namespace Netclaw.Daemon.Tests.Policy;

/// <summary>docs/policy.schema.json, and that the reader takes what it describes.</summary>
public sealed class SchemaTests
{
    private static string Page => Path.Combine(
        typeof(SchemaTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(data => data.Key == "RepositoryRoot").Value!, "docs", "policy.schema.json");

    [Fact]
    public void PublishedSchema_IsTheReaders()
    {
        var text = JsonSerializer.Serialize(Explained.Schema(), new JsonSerializerOptions { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }) + "\n";
        if (Environment.GetEnvironmentVariable("NETCLAW_UPDATE_DOCS") == "1")
        {
            File.WriteAllText(Page, text);
        }

        Assert.True(File.Exists(Page), Page + " is missing: run with NETCLAW_UPDATE_DOCS=1");
        Assert.Equal(text, File.ReadAllText(Page));
    }

    /// <summary>Every property with every value that the schema lists for it, and one beyond.</summary>
    [Fact]
    public async Task TheReader_TakesWhatTheSchemaLists_AndNothingElse()
    {
        var tried = 0;
        foreach (var (path, schema) in Properties(Explained.Schema()).Where(property => !property.Path.StartsWith("config", StringComparison.Ordinal)))
        {
            Assert.NotEmpty(schema.GetProperty("description").GetString()!);
            foreach (var sample in Samples(schema))
            {
                tried++;
                Assert.Equal(0, (await Explained.RunAsync(Wrap(path, sample))).Bad);
            }

            Assert.Equal(1, (await Explained.RunAsync(Wrap(path, "{\"no\":{\"such\":1}}"))).Bad);
            Assert.Equal(1, (await Explained.RunAsync(Wrap(path + "x", "null"))).Bad);
        }

        Assert.True(tried > 80, $"only {tried} values");
    }

    private static IEnumerable<(string Path, JsonElement Schema)> Properties(JsonElement group, string prefix = "") =>
        group.TryGetProperty("properties", out var properties)
            ? properties.EnumerateObject().SelectMany(property => Properties(property.Value, prefix + property.Name + ".").Prepend((prefix + property.Name, property.Value)))
            : [];

    private static IEnumerable<string> Samples(JsonElement schema)
    {
        if (schema.TryGetProperty("enum", out var names))
        {
            return names.EnumerateArray().Select(name => name.GetRawText());
        }

        var types = schema.GetProperty("type") is { ValueKind: JsonValueKind.Array } several ? several.EnumerateArray().Select(type => type.GetString()).ToArray() : [schema.GetProperty("type").GetString()];
        return types.SelectMany(type => type switch
        {
            "string" => (string[])[schema.GetProperty("description").GetString()!.Contains("address", StringComparison.Ordinal) ? "\"10.0.0.1\"" : schema.GetProperty("description").GetString()!.Contains("public key", StringComparison.Ordinal) ? $"\"{SigningKey.Generate().Public}\"" : "\"text\""],
            "boolean" => ["true", "false"],
            "integer" => ["0", "4294967295"],
            "null" => ["null"],
            "object" => ["{}"],
            "array" when schema.GetProperty("items").TryGetProperty("enum", out _) => [$"[{string.Join(',', Samples(schema.GetProperty("items")))}]", "[]"],
            "array" => ["[]"],
            _ => throw new ArgumentOutOfRangeException(nameof(schema), type, "no such type"),
        });
    }

    private static string Wrap(string path, string value) => path.Split('.').Reverse().Aggregate(value, (inner, name) => $"{{\"{name}\":{inner}}}");
}
