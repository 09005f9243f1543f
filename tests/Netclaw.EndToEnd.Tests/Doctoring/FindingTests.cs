using System.Text.RegularExpressions;
using Netclaw.EndToEnd.Tests.Machines;

namespace Netclaw.EndToEnd.Tests.Doctoring;

/// <summary>Every row of docs/doctor.md: its state is built for real, and the doctor finds it with the severity and the command that the table promises.</summary>
public sealed partial class FindingTests
{
    private static readonly Scenario[] Anybody = [.. HomeScenarios.ForAnybody, .. DaemonScenarios.ForAnybody, .. StoredScenarios.ForAnybody];
    private static readonly Scenario[] Root = [.. HomeScenarios.ForRoot, .. DaemonScenarios.ForRoot];

    /// <summary>Rows that cannot be built on any machine, or are built elsewhere, each with where.</summary>
    private static readonly Dictionary<string, string> Elsewhere = new(StringComparer.Ordinal)
    {
        ["configuration <warning>"] = "DoctorTests.TellsEveryOptIn_WithTheDaemonDownAndUp",
        ["in-force <warning>"] = "ChecksTests.InForce_FindsWhatTheFileNoLongerSays",
        ["clock clock_unsynchronized"] = "the kernel's own state: MachineChecksTests.Clock_*",
        ["runtime dotnet_outdated"] = "MachineChecksTests.Runtime_*: installing a runtime is not a test's to do",
        ["runtime sqlite_outdated"] = "MachineChecksTests.Runtime_*",
        ["local-access local_access_unsafe"] = "MachineChecksTests.LocalAccess_*",
        ["(any) check_failed"] = "MachineChecksTests.Section_*",
    };

    public static TheoryData<string> ForAnybody => [.. Anybody.Select(scenario => $"{scenario.Check} {scenario.Finding}")];

    public static TheoryData<string> ForRoot => [.. Root.Select(scenario => $"{scenario.Check} {scenario.Finding}")];

    [Theory]
    [MemberData(nameof(ForAnybody))]
    public Task Finding_IsMade_WhereItsStateIs(string row) => FindsAsync(row, Anybody);

    [AsRootTheory]
    [MemberData(nameof(ForRoot))]
    public Task Finding_IsMade_WhereOnlyRootCanBuildItsState(string row) => FindsAsync(row, Root);

    [Fact]
    public void EveryRow_HasItsState() => Assert.Equal(
        Rows().Select(row => row.Key).Order(StringComparer.Ordinal),
        Anybody.Concat(Root).Select(scenario => $"{scenario.Check} {scenario.Finding}").Concat(Elsewhere.Keys).Order(StringComparer.Ordinal));

    private static async Task FindsAsync(string row, Scenario[] scenarios)
    {
        var scenario = scenarios.Single(each => $"{each.Check} {each.Finding}" == row);
        var (severity, remedy) = Rows()[row];
        await using var machine = new Machine();
        var run = await scenario.Visit(machine);

        var finding = run.Json().GetProperty("checks")[0].GetProperty("findings").EnumerateArray().FirstOrDefault(each => each.GetProperty("id").GetString() == scenario.Finding);
        Assert.True(finding.ValueKind != System.Text.Json.JsonValueKind.Undefined, run.ToString());
        Assert.Equal(severity, finding.GetProperty("severity").GetString());
        Assert.Matches("^" + Place().Replace(Regex.Escape(remedy), ".+") + "$", finding.GetProperty("remedy").GetString());
        Assert.DoesNotMatch(@"<(path|command|port|agent|url)>", finding.GetProperty("remedy").GetString());
        run.Expect(run.Json().GetProperty("errors").GetInt32() > 0 ? 1 : run.Json().GetProperty("warnings").GetInt32() > 0 ? 2 : 0);
    }

    private static Dictionary<string, (string Severity, string Remedy)> Rows()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Netclaw.sln")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("no Netclaw.sln above the tests");
        }

        return File.ReadLines(Path.Combine(folder.FullName, "docs", "doctor.md")).Select(line => Row().Match(line)).Where(match => match.Success)
            .ToDictionary(match => $"{match.Groups[1].Value} {match.Groups[2].Value}", match => (match.Groups[3].Value, match.Groups[4].Value), StringComparer.Ordinal);
    }

    [GeneratedRegex(@"^\| `([^`]+)` \| `([^`]+)` \| (\w+) \| .* \| `([^`]+)` \|$")]
    private static partial Regex Row();

    /// <summary>A word in angle brackets, after <see cref="Regex.Escape"/>.</summary>
    [GeneratedRegex(@"<[a-z]+>")]
    private static partial Regex Place();
}
