using Netclaw.Cli.Configuration;
using Netclaw.Cli.Doctoring;
using Netclaw.Cli.Doctoring.Checks;
using Netclaw.Cli.Processes;
using Netclaw.Protocol;

namespace Netclaw.Cli.Tests.Doctoring;

public sealed class ChecksTests : IDisposable
{
    private readonly TemporaryHome _home = new();

    public static TheoryData<string, ProbeResult, string> Sights => new()
    {
        { "daemon_wedged", new ProbeResult.Silent("Connection refused"), "netclaw daemon stop --force" },
        { "daemon_wedged", new ProbeResult.NotReady("no answer within 2 s", TimedOut: true), "netclaw daemon stop --force" },
        { "daemon_not_ready", new ProbeResult.NotReady("503: draining"), "netclaw logs" },
    };

    [Theory]
    [MemberData(nameof(Sights))]
    public void Daemon_ThatHoldsTheLockAndDoesNotServe_IsAnError(string id, ProbeResult probe, string remedy)
    {
        var finding = Assert.Single(DaemonCheck.Of(new DaemonSight(42, probe)).Findings);

        Assert.Equal((id, Severity.Error, remedy), (finding.Id, finding.Severity, finding.Remedy));
    }

    [Fact]
    public void Configuration_MakesAFindingOfEachProblem_WithItsKey()
    {
        var report = ConfigurationCheck.Of(new ConfigCheckReport(
            "/etc/netclaw.json", true, false, [new ConfigProblem("config_invalid", "listen.prot", "1", "There is no such key.", "Write listen.port.")], [], []));

        Assert.Equal(CheckState.Error, report.State);
        Assert.Equal(
            new DoctorFinding("config_invalid", Severity.Error, "There is no such key.", "netclaw config check", "listen.prot", "1", "Write listen.port."), Assert.Single(report.Findings));
    }

    [Fact]
    public void Journal_TellsItsSize_AndTheAgeOfItsNewestSnapshot()
    {
        var now = DateTimeOffset.UnixEpoch.AddDays(20_000);
        var records = new JournalCheckReport(true, true, "sqlite", null, [], [new JournalChainReport("device-registry", 40_000, 40_000, 40_000)], 1, [], []);
        var files = new JournalFilesReport(
            "sqlite", new DatabaseFileReport("netclaw.db", true, null, [], [new LastRowReport("device-registry", 40_000)], now.ToUnixTimeMilliseconds(), 8 << 20, 1024),
            new DatabaseFileReport("snapshot.db", true, null, [], [new LastRowReport("device-registry", 9_000)], now.AddHours(-30).ToUnixTimeMilliseconds(), 300 << 10, 0));

        var report = JournalCheck.Of(null, records, files, now);

        Assert.Equal("sqlite, 40000 records read, at 40000, 8193 KiB; newest snapshot 30 h ago, 300 KiB.", report.Seen);
        Assert.Equal("31000 records of device-registry are not in a snapshot; newest snapshot 30 h ago, 300 KiB.", Assert.Single(report.Findings).Seen);
        Assert.EndsWith("; no snapshot yet.", JournalCheck.Of(null, records, files with { Snapshots = null }, now).Seen, StringComparison.Ordinal);
    }

    [Fact]
    public void InForce_FindsWhatTheFileNoLongerSays()
    {
        var running = StartNotices.Of(
            [new StartNotice("auth_none", "auth.mode", "Every program may.", "Write \"token\".", "none")],
            [new StartNotice(StartNotice.OptIn, "exposure.origins", "pages may connect.", "", "https://a.example"), new StartNotice(StartNotice.OptIn, "host.acceptFrom", "from there too.", "", "10.0.0.0/8")]);
        var file = new ConfigCheckReport("netclaw.json", true, true, [], [], [new ConfigOptIn("exposure.origins", "https://b.example", ""), new ConfigOptIn("host.acceptFrom", "10.0.0.0/8", "")]);

        Assert.Equal([("auth_none", "auth.mode"), ("opt_in_outdated", "exposure.origins")], InForceCheck.Of(running, file).Findings.Select(finding => (finding.Id, finding.Key)));
    }

    [Fact]
    public void InForce_IsWell_WhenTheFileSaysTheSame_HoweverLong()
    {
        var value = string.Join(", ", Enumerable.Range(0, 100).Select(number => $"10.0.0.{number}/32"));
        var running = StartNotices.Of([], [new StartNotice(StartNotice.OptIn, "exposure.trustedProxies", "these.", "", value)]);

        Assert.Equal(StartNotices.LongestText, running.OptIns[0].Value!.Length);
        Assert.Equal(CheckState.Ok, InForceCheck.Of(running, new ConfigCheckReport("f", true, true, [], [], [new ConfigOptIn("exposure.trustedProxies", value, "these")])).State);
    }

    [Fact]
    public async Task Doctor_RunsOnlyWhatIsNamed_AndNotWhatIsSkipped()
    {
        var run = await CliRun.Of(_home, "doctor", "--only", "daemon,journal", "--only", "pairing", "--skip", "journal", "--json");

        Assert.Equal(ExitCodes.Warned, run.ExitCode);
        Assert.Equal(["daemon warning", "pairing skipped"], run.Json().GetProperty("checks").EnumerateArray().Select(check => $"{check.GetProperty("id")} {check.GetProperty("state")}"));
    }

    [Fact]
    public async Task Doctor_MakesAFindingOfAMissingPart_AndGoesOn()
    {
        var run = await CliRun.Of(_home, "doctor", "--json");

        Assert.Equal(ExitCodes.Failed, run.ExitCode);
        var checks = run.Json().GetProperty("checks");
        Assert.Equal(Doctor.Checks.Select(check => check.Id), checks.EnumerateArray().Select(check => check.GetProperty("id").GetString()));
        Assert.Equal("part_missing", checks.EnumerateArray().First(check => check.GetProperty("id").GetString() == "configuration").GetProperty("findings")[0].GetProperty("id").GetString());
    }

    [Fact]
    public async Task Socket_ThatIsNone_IsAnError()
    {
        _home.Write("run/control.sock", "");

        var run = await CliRun.Of(_home, "doctor", "--only", "control-socket", "--json");

        Assert.Equal(ExitCodes.Failed, run.ExitCode);
        Assert.Equal("control_socket_foreign", run.Json().GetProperty("checks")[0].GetProperty("findings")[0].GetProperty("id").GetString());
    }

    [Theory]
    [InlineData("doctor --only deamon", "There is no check 'deamon'; did you mean 'daemon'?")]
    [InlineData("doctor --url http://far:1", "--url and --profile do not go with it")]
    public async Task Doctor_RefusesWhatItDoesNotKnow(string line, string message)
    {
        var run = await CliRun.Of(_home, line.Split(' '));

        Assert.Equal(ExitCodes.Usage, run.ExitCode);
        Assert.Contains(message, run.Error, StringComparison.Ordinal);
    }

    public void Dispose() => _home.Dispose();
}
