using System.Reflection;
using System.Text.Json;
using Netclaw.EndToEnd.Tests.Proxies.Fronts;

namespace Netclaw.EndToEnd.Tests.Matrix;

/// <summary>The matrix is whole: every mode that netclaw.json knows is in it, every cell is a test, and where no daemon starts the guide says the same.</summary>
public sealed class MatrixTableTests
{
    private static readonly JsonElement Schema = JsonSerializer.Deserialize<JsonElement>(File.ReadAllText(Path.Combine(Repository.Root, "docs", "netclaw.schema.json")));

    [Fact]
    public void EveryAuthMode_StandsInEveryExposure_Once()
    {
        var expected = (from auth in Modes("auth") from exposure in Modes("exposure") select (auth, exposure)).ToList();

        Assert.Equal((4 * 5, 5), (expected.Count, MatrixTable.Checks.Distinct().Count()));
        Assert.Equal(expected.Order(), MatrixTable.Combinations.Select(one => (one.Auth, one.Exposure)).Order());
    }

    [Fact]
    public void EveryCell_IsATest_AndNoOther()
    {
        var expected = from combination in MatrixTable.Combinations from check in MatrixTable.Checks select (combination.Auth, combination.Exposure, check);
        var tests = from type in typeof(MatrixTableTests).Assembly.GetTypes()
            from method in type.GetMethods()
            let cells = method.GetCustomAttribute<CellsAttribute>()
            where cells is not null
            from row in cells.GetData(method)
            select (cells.Auth, (string)row[0], (string)row[1]);

        Assert.Equal(expected.Order(), tests.Order());
        Assert.Equal(100, expected.Count());
    }

    [Fact]
    public void DaemonThatStarts_TurnsSomebodyAway_AsANodeAndAsAnOperator() => Assert.All(MatrixTable.Combinations, one =>
    {
        Assert.Equal(one.Starts, one.Nodes.Length > 0 && one.Strangers.Length > 0);
        Assert.DoesNotContain(one.Nodes.Concat(one.Strangers), attempt => attempt.Answer == "ok");
        Assert.True(!one.Starts || !one.HasFront || one.Nodes.Any(node => node.Way != Way.Listener), $"{one}: no node comes through the front");
    });

    /// <summary>The guide's table is checked against the policy where that is at hand.</summary>
    [Fact]
    public void WhereNoDaemonStarts_TheGuideSaysSo()
    {
        var rows = File.ReadLines(Path.Combine(Repository.Root, "docs", "guides", "exposure.md"))
            .Where(line => line.StartsWith("| ", StringComparison.Ordinal)).Select(line => line.Split('|', StringSplitOptions.TrimEntries)[1..^1]).ToList();
        var auths = Assert.Single(rows, row => row[0] == "exposure")[1..];
        foreach (var one in MatrixTable.Combinations)
        {
            var row = Assert.Single(rows, row => row[0] == $"`{one.Exposure}`" && row.Length == auths.Length + 1);
            Assert.Equal(one.Starts, !row[1 + Array.IndexOf(auths, $"`{one.Auth}`")].Contains("config_invalid", StringComparison.Ordinal));
        }
    }

    private static IEnumerable<string> Modes(string section) =>
        Schema.GetProperty("properties").GetProperty(section).GetProperty("properties").GetProperty("mode").GetProperty("anyOf")[0].GetProperty("enum").EnumerateArray().Select(mode => mode.GetString()!);
}
