using System.Text.Json;
using System.Text.RegularExpressions;

namespace Netclaw.Interop.Tests;

/// <summary>What a method takes is what the protocol's published list says it takes. docs/methods.md is written from the catalogue that the gateway serves.</summary>
public sealed partial class ScopeTests
{
    /// <summary>Where this gateway differs, and on purpose.</summary>
    private static readonly Dictionary<string, string> Differing = new(StringComparer.Ordinal)
    {
        ["connect"] = "before authentication", // the list says what its answer is worth
        ["health"] = "none", // whether the gateway serves is no secret, and probes ask before they hold anything
        ["agent"] = "operator.write", // "dynamic" there
        ["sessions.create"] = "operator.write",
        ["sessions.patch"] = "operator.write",
        ["sessions.delete"] = "operator.write", // of one that is not archived, admin
        ["node.invoke"] = "operator.write", // "dynamic" there: some commands take admin here as well
    };

    [WithReferenceClientFact]
    public void EveryServedMethodOfTheProtocol_TakesWhatThePublishedListSays()
    {
        var published = JsonElement.Parse(File.ReadAllBytes(Clients.Schema)).GetProperty("methods");
        var wrong = new List<string>();
        var compared = 0;
        foreach (var (name, role, scope) in Served())
        {
            if (!published.TryGetProperty(name, out var method))
            {
                continue; // Netclaw's own
            }

            compared++;
            var listed = method.GetProperty("scope").GetString();
            var takes = role == "node" ? "node" : scope;
            if (takes != Differing.GetValueOrDefault(name, listed!))
            {
                wrong.Add($"{name} takes {takes}, the list says {listed}");
            }
        }

        Assert.True(compared >= 40, $"only {compared} methods of the protocol were found");
        Assert.Empty(wrong);
    }

    [WithReferenceClientFact]
    public void NoDifference_IsListedThatIsNone()
    {
        var published = JsonElement.Parse(File.ReadAllBytes(Clients.Schema)).GetProperty("methods");
        Assert.All(Differing, entry => Assert.NotEqual(entry.Value, published.GetProperty(entry.Key).GetProperty("scope").GetString()));
        Assert.Empty(Differing.Keys.Except(Served().Select(method => method.Name)));
    }

    internal static List<(string Name, string Role, string Scope)> Served()
    {
        var page = File.ReadAllText(Path.Combine(Root(), "docs", "methods.md"));
        var table = page[page.IndexOf("## Methods", StringComparison.Ordinal)..page.IndexOf("\n## ", page.IndexOf("## Methods", StringComparison.Ordinal) + 1, StringComparison.Ordinal)];
        return [.. Row().Matches(table).Select(row => (row.Groups["name"].Value, row.Groups["role"].Value, row.Groups["scope"].Value.Trim('`')))];
    }

    private static string Root()
    {
        var directory = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(directory, "Netclaw.sln")))
        {
            directory = Path.GetDirectoryName(directory) ?? throw new FileNotFoundException("the checkout's root");
        }

        return directory;
    }

    [GeneratedRegex(@"^\| `(?<name>[^`]+)` \| (?<role>[^|]+?) \| (?<scope>[^|]+?) \|", RegexOptions.Multiline, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Row();
}
