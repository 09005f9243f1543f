using System.Text.Json;
using System.Text.Json.Nodes;
using Netclaw.Daemon.Configuration;
using Netclaw.Daemon.Schema;
using Xunit.Abstractions;

namespace Netclaw.Daemon.Tests.Configuration;

/// <summary>The published schema and the reader accept the same files, as far as a schema can see.</summary>
public sealed class ConfigSchemaTests(ITestOutputHelper output)
{
    private const int Configurations = 20_000;

    private static readonly JsonObject Published = (JsonObject)JsonNode.Parse(ConfigPages.Schema())!;
    private static readonly ConfigKey[] Keys = [.. ConfigFile.Empty().Keys];

    private static readonly string[] Strangers =
    [
        "null", "true", "false", "0", "-1", "1", "3", "300", "5.0", "5.5", "3e2", "70000", "65534", "4294967295", "1e40", "\"\"", "\"any\"", "\"Any\"", "\"local\"", "\"LOCAL\"",
        "\"reverseproxy\"", "\"Trusted-Proxy\"", "\"local\\n\"", "\"debug\"", "\"2\"", "\"read\"", "\"operator.read\"", "\"x\"", "\"10.0.0.0/8\"", "[]", "[1]", "[\"read\"]", "[\"read\",2]",
        "[\"reed\"]", "[null]", "[[]]", "{}", "{\"a\":[\"read\"]}", "{\"a\":1}", "{\"a\":[]}", "{\"header\":\"X-Jwt\"}", "{\"mode\":\"none\"}",
    ];

    [Theory]
    [InlineData(1)]
    [InlineData(20260101)]
    [InlineData(7919)]
    public void ReaderAndSchema_AcceptTheSameShapes(int seed)
    {
        output.WriteLine($"seed {seed}");
        var random = new Random(seed);
        var accepted = 0;
        for (var round = 0; round < Configurations / 3; round++)
        {
            var config = Draw(random);
            var problems = ShapeProblems(config.ToJsonString());
            var admits = SmallSchema.Accepts(Published, config);
            Assert.True(admits == (problems.Count == 0), $"seed {seed}: schema {(admits ? "accepts" : "refuses")} {config.ToJsonString()}; reader: {string.Join("; ", problems)}");
            accepted += admits ? 1 : 0;
        }

        // Both kinds were drawn often enough to mean something.
        Assert.InRange(accepted, Configurations / 30, Configurations / 3 - Configurations / 30);
    }

    [Fact]
    public void Defaults_PassTheSchemaAndComeBackAsTheyWere()
    {
        var config = new JsonObject();

        // The assertion has keys that must be there, and so no defaults as a whole.
        foreach (var key in Keys.Where(key => key.Default is not null && !key.Path.Contains("assertion", StringComparison.Ordinal)))
        {
            Put(config, key.Path, key.Default!.DeepClone());
        }

        Assert.True(SmallSchema.Accepts(Published, config));
        var reading = Read(config.ToJsonString());
        Assert.Empty(reading.Problems);
        Assert.All(reading.Keys.Where(key => key.Default is not null), key => Assert.True(JsonNode.DeepEquals(key.Default, key.Value), key.Path));
    }

    [Fact]
    public void EverySection_RefusesAStranger()
    {
        var groups = Keys.Where(key => key.Shape is KeyShape.Group).Select(key => key.Path + ".").Prepend("").ToList();
        Assert.True(groups.Count > 10);
        Assert.All(groups, group =>
        {
            var config = new JsonObject();
            Put(config, group + "nonesuch", 1);
            Assert.False(SmallSchema.Accepts(Published, config));
            Assert.Contains(ShapeProblems(config.ToJsonString()), problem => problem.Contains(group + "nonesuch", StringComparison.Ordinal));
        });
    }

    /// <summary>A few keys, most with a value of their own shape.</summary>
    private static JsonObject Draw(Random random)
    {
        var config = new JsonObject();
        for (var count = random.Next(1, 6); count > 0; count--)
        {
            var key = Keys[random.Next(Keys.Length)];
            var fits = key.Shape is not KeyShape.Group && random.Next(5) > 0;
            Put(config, key.Path, fits ? Fitting(key.Shape, random) : JsonNode.Parse(Strangers[random.Next(Strangers.Length)]));
        }

        return config;
    }

    private static JsonNode? Fitting(KeyShape shape, Random random) => shape switch
    {
        KeyShape.Choice choice => Respelt(choice.Names[random.Next(choice.Names.Length)], random),
        KeyShape.Integer integer => random.NextInt64(integer.Least, integer.Most + 1),
        KeyShape.Flag => random.Next(2) == 0,
        KeyShape.Word word => word.Value,
        KeyShape.List list => new JsonArray([.. Enumerable.Range(0, random.Next(3)).Select(_ => Fitting(list.Item, random))]),
        KeyShape.Map map => new JsonObject { ["somebody"] = Fitting(map.Value, random) },
        KeyShape.Either either => Fitting(random.Next(2) == 0 ? either.First : either.Second, random),
        _ => "text",
    };

    private static string Respelt(string name, Random random) => random.Next(4) switch
    {
        0 => name.ToUpperInvariant(),
        1 => name.Replace("-", "", StringComparison.Ordinal),
        2 => "-" + name,
        _ => name,
    };

    private static void Put(JsonObject config, string path, JsonNode? value)
    {
        var steps = path.Split('.');
        foreach (var step in steps[..^1])
        {
            if (config[step] is not JsonObject next)
            {
                config[step] = next = [];
            }

            config = next;
        }

        config[steps[^1]] = value;
    }

    private static List<string> ShapeProblems(string json) =>
        [.. Read(json).Problems.Where(problem => problem.Stage == ConfigStage.Shape).Select(problem => $"{problem.Key}: {problem.Wrong}")];

    private static ConfigReading Read(string json)
    {
        using var document = JsonDocument.Parse(json);
        var reading = new ConfigReading();
        NetclawOptions.Read(new ConfigSection("", document.RootElement, reading));
        return reading;
    }
}
