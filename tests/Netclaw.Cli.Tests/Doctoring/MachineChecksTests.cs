using Netclaw.Cli.Doctoring;
using Netclaw.Cli.Doctoring.Checks;
using Netclaw.Cli.Kernel;
using Netclaw.Cli.Service;
using Netclaw.Protocol;

namespace Netclaw.Cli.Tests.Doctoring;

/// <summary>Checks whose states no test can bring about on a machine: decided from what was seen.</summary>
public sealed class MachineChecksTests : IDisposable
{
    private static readonly DateTimeOffset Now = DateTimeOffset.FromUnixTimeSeconds(1_800_000_000);

    private readonly TemporaryHome _home = new();

    public void Dispose() => _home.Dispose();

    [Theory]
    [InlineData(true, new string[0])]
    [InlineData(null, new string[0])]
    [InlineData(false, new[] { "clock_unsynchronized" })]
    public void Clock_ThatNobodyKeepsRight_IsTold(bool? synchronized, string[] findings) =>
        Assert.Equal(findings, Ids(new ClockCheck().Of(Now, ("a file", Now.AddHours(-1)), synchronized)));

    [Theory]
    [InlineData(119, false)]
    [InlineData(121, true)]
    public void Clock_IsBehind_OnlyByMoreThanIsTolerated(int seconds, bool isBehind) =>
        Assert.Equal(isBehind ? ["clock_behind"] : [], Ids(new ClockCheck().Of(Now, ("a file", Now.AddSeconds(seconds)), true)));

    [Fact]
    public void Runtime_IsOutdated_WhereANewerPatchOfTheSameReleaseLiesBesideIt()
    {
        var shared = Path.Combine(_home.Root, "shared", "Microsoft.NETCore.App");
        foreach (var version in (string[])["9.0.99", "10.0.1", "10.0.2", "10.1.0", "notes"])
        {
            Directory.CreateDirectory(Path.Combine(shared, version));
        }

        Assert.Equal(new Version(10, 0, 2), InstalledRuntime.NewerThan(Path.Combine(shared, "10.0.1")));
        Assert.Null(InstalledRuntime.NewerThan(Path.Combine(shared, "10.0.2")));
        Assert.Null(InstalledRuntime.NewerThan(_home.Root));
        Assert.Equal(["dotnet_outdated"], Ids(new RuntimeCheck().Of(Runtime(), Path.Combine(shared, "10.0.1"))));
    }

    [Theory]
    [InlineData("3.34.1", false, new[] { "sqlite_outdated" })]
    [InlineData("3.40.1", true, new string[0])]
    [InlineData(null, false, new string[0])]
    public void Runtime_WarnsOfASystemSqliteThatCannotBeUsed(string? version, bool usable, string[] findings) =>
        Assert.Equal(findings, Ids(new RuntimeCheck().Of(Runtime() with { SystemSqlite = version, SystemSqliteUsable = usable }, null)));

    [Fact]
    public void Runtime_OfARunningProcess_IsFoundByWhatItHasMapped() =>
        Assert.True(File.Exists(Path.Combine(InstalledRuntime.OfProcess(Environment.ProcessId)!, "libcoreclr.so")));

    [Fact]
    public void LocalAccess_NamesTheRepair_OrTheGentlestWayOut()
    {
        var plan = new RecoveryPlanResult(6, "stale-host", "The host credential is stale.", ["host.key is missing"], true, [new PlannedWrite("keys/host.key", "missing", "a new key")], 2, 2, [], "home");

        Assert.Equal(("local_access_lost", "netclaw recover local-access"), Only(new LocalAccessCheck().Of(plan)));
        Assert.Equal(
            ("local_access_unsafe", "netclaw backup restore <file>"),
            Only(new LocalAccessCheck().Of(plan with { Row = 7, Repairable = false, Writes = [], WayOut = ["netclaw backup restore <file>", "netclaw recover local-access --full-reset"] })));
        Assert.Equal(("recovery_unfinished", "netclaw up"), Only(new LocalAccessCheck().Of(plan with { Row = 10, Repairable = false, Writes = [], WayOut = ["netclaw up"] })));
        Assert.Equal(CheckState.Ok, new LocalAccessCheck().Of(plan with { Row = 5, Repairable = false, Writes = [] }).State);
    }

    [Fact]
    public void Section_ThatCouldNotLook_IsAnErrorOfItsReason()
    {
        var seen = new Examination(null, null, null, null, null, null, null, null, System.Collections.Immutable.ImmutableDictionary<string, string>.Empty.Add("keys", "Input/output error"));

        Assert.Equal("Input/output error", Assert.Throws<IOException>(() => seen.Required(seen.Keys, "keys")).Message);
    }

    [Fact]
    public void Unit_IsReadBack_AsItIsWritten()
    {
        const string Program = "/opt/net claw/100%/$bin/\"netclawd\"";
        string[] lines = ["[Service]", $"ExecStart={UnitText.Argument(Program)} run --home {UnitText.Argument("/home/a b\\c")}"];

        Assert.Equal(new StartLine(Program, "/home/a b\\c"), StartLine.Of(lines));
        Assert.Null(StartLine.Of(["[Service]"]));
    }

    private static RuntimeReport Runtime() => new(".NET 10.0.1", "/nowhere/10.0.1", "SQLite 3.40.1 (system)", "3.40.1", true, "3.0.19");

    private static IEnumerable<string> Ids(CheckReport report) => report.Findings.Select(finding => finding.Id);

    private static (string, string) Only(CheckReport report) => Assert.Single(report.Findings) is var finding ? (finding.Id, finding.Remedy) : default;
}
