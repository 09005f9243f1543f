using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Netclaw.Daemon.Configuration;

namespace Netclaw.Daemon.Tests.Configuration;

/// <summary>Every netclaw.json that the guides show passes the schema and the reader: nobody copies a file that does not start.</summary>
public sealed partial class GuideSamplesTests : IDisposable
{
    private static readonly string Docs = Path.GetDirectoryName(ConfigPages.SchemaPath)!;

    private static readonly HashSet<string> Sections = [.. ConfigFile.Empty().Keys.Select(key => key.Path.Split('.')[0])];

    private static readonly JsonDocumentOptions Lenient = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    private readonly TemporaryHome _temporary = new();

    public static TheoryData<string, string> Samples()
    {
        var samples = new TheoryData<string, string>();
        foreach (var page in Directory.EnumerateFiles(Docs, "*.md", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            // Guides show other JSON as well; a settings file is known by its sections.
            foreach (var block in Block().Matches(File.ReadAllText(page)).Where(block => ((JsonObject)JsonNode.Parse(block.Groups["json"].Value, null, Lenient)!).All(entry => Sections.Contains(entry.Key))))
            {
                samples.Add(Path.GetRelativePath(Docs, page), block.Groups["json"].Value);
            }
        }

        foreach (var file in Directory.EnumerateFiles(Path.Combine(Docs, "guides"), "netclaw*.json", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            samples.Add(Path.GetRelativePath(Docs, file), File.ReadAllText(file));
        }

        return samples;
    }

    public void Dispose() => _temporary.Dispose();

    [Theory]
    [MemberData(nameof(Samples))]
    public void PassesSchemaAndReader(string place, string json)
    {
        var published = (JsonObject)JsonNode.Parse(ConfigPages.Schema())!;
        Assert.True(SmallSchema.Accepts(published, JsonNode.Parse(json, nodeOptions: null, Lenient)), place);

        _temporary.WriteConfig(json);
        var config = ConfigFile.Read(_temporary.Home.ConfigFile, null, new FixedMachine { Users = { ["nobody"] = 65_534 }, Programs = { "tailscaled", "cloudflared" } }.Facts);
        Assert.True(config.Problems.IsEmpty, $"{place}: {string.Join("; ", config.Problems)}");
    }

    [Fact]
    public void ThereAreSome() => Assert.True(Samples().Count() >= 3);

    [GeneratedRegex("```json\\n(?<json>\\{.*?)```", RegexOptions.Singleline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Block();
}
