using System.Reflection;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Netclaw.Daemon.Configuration;
using Netclaw.Daemon.Schema;

namespace Netclaw.Daemon.Tests.Configuration;

/// <summary>docs/netclaw.schema.json and the tables of docs/guides/configuration.md, made from the very keys that the reader asks for.</summary>
internal static class ConfigPages
{
    private const string Begin = "<!-- made from the code: {0} -->";
    private const string End = "<!-- end -->";

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static string Root { get; } =
        typeof(ConfigPages).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(data => data.Key == "RepositoryRoot").Value!;

    public static string SchemaPath { get; } = Path.Combine(Root, "docs", "netclaw.schema.json");

    public static string GuidePath { get; } = Path.Combine(Root, "docs", "guides", "configuration.md");

    public static string Schema() => ConfigSchema.Of(ConfigFile.Empty().Keys).ToJsonString(Indented) + "\n";

    /// <summary>The page with its tables as they should be.</summary>
    public static string Guide(string page) => Replace(Replace(page, "keys", Keys()), "warnings", Warnings());

    private static string Keys()
    {
        var text = new StringBuilder();
        var section = "";
        foreach (var key in ConfigFile.Empty().Keys.Where(key => key.Path[0] != '$'))
        {
            if (key.Shape is KeyShape.Group)
            {
                section = key.Path;
                text.Append($"\n### `{section}`\n\n{key.Description}\n\n| key | is | default | |\n|---|---|---|---|\n");
                continue;
            }

            // A section's own keys may follow those of a section within it.
            Assert.Equal(section, key.Path[..key.Path.LastIndexOf('.')]);
            text.Append($"| `{key.Path[(section.Length + 1)..]}` | {Kind(key.Shape)} | {Default(key)} | {key.Description} |\n");
        }

        return text.ToString();
    }

    private static string Warnings() => "\n| warning | key to set | when |\n|---|---|---|\n"
        + string.Concat(ConfigWarnings.Rules.Select(rule => $"| `{rule.Id}` | `{rule.Key}` | {rule.When} |\n"));

    private static string Default(ConfigKey key) => key switch
    {
        { Required: true } => "*required*",
        { DefaultNote: { } note } => note,
        { Default: { } value } => $"`{value.ToJsonString(new JsonSerializerOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping })}`",
        _ => "none",
    };

    private static string Kind(KeyShape shape) => shape switch
    {
        KeyShape.Text { Format: { } format } => format,
        KeyShape.Text => "text",
        KeyShape.Hidden => "secret",
        KeyShape.Flag => "true or false",
        KeyShape.Integer { Most: > int.MaxValue } => "id",
        KeyShape.Integer integer => $"{integer.Least} to {integer.Most}",
        KeyShape.Word word => $"`\"{word.Value}\"`",
        KeyShape.Choice choice when choice.Names.Any(name => name.StartsWith("operator.", StringComparison.Ordinal)) => "scope",
        KeyShape.Choice choice => string.Join(", ", choice.Names.Select(name => $"`{name}`")),
        KeyShape.List list => $"list: {Kind(list.Item)}",
        KeyShape.Map map => $"object: name → {Kind(map.Value)}",
        KeyShape.Either either => $"{Kind(either.First)}, or {Kind(either.Second)}",
        _ => throw new ArgumentOutOfRangeException(nameof(shape), shape, "has no place in a table"),
    };

    private static string Replace(string page, string name, string made)
    {
        var begin = string.Format(null, Begin, name);
        var from = page.IndexOf(begin, StringComparison.Ordinal);
        Assert.True(from >= 0, $"{GuidePath} has no {begin}");
        from += begin.Length;
        var to = page.IndexOf(End, from, StringComparison.Ordinal);
        return page[..from] + "\n" + made + "\n" + page[to..];
    }
}
