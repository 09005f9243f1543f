using System.Text.Json;
using Netclaw.Cli.Configuration;
using Netclaw.Cli.Doctoring;
using Netclaw.Cli.Doctoring.Checks;
using Netclaw.Cli.Output;
using Netclaw.Cli.Processes;
using Netclaw.Protocol;

namespace Netclaw.Cli.Tests.Doctoring;

/// <summary>What a person and a program read, letter by letter.</summary>
public sealed class DoctorSheetTests
{
    private static readonly ConfigCheckReport Risky = new(
        "/home/anna/.netclaw/netclaw.json", true, true, [],
        [new ConfigWarning("auth_none", "auth.mode", "none", "Every program of this machine, whoever runs it, may read and write.", "Write \"token\".")],
        [new ConfigOptIn("exposure.origins", "https://app.example.org", "pages of these origins may connect")]);

    [Fact]
    public void Person_ReadsEveryCheckAndEveryFinding() => Assert.Equal(
        """
        daemon         warning: No daemon runs.
        configuration  warning: a daemon starts with /home/anna/.netclaw/netclaw.json; 1
                       warning, 1 opt-in.
        journal        skipped: no daemon runs.
        pairing        warning: 1 paired, 2 pending, 0 revoked; local pairing suspended.

        warning daemon_not_running
            Nobody holds the home's lock: nothing is served here.
            next   netclaw up

        warning auth_none  auth.mode = none
            Every program of this machine, whoever runs it, may read and write.
            -> Write "token".
            next   netclaw config check

        warning local_pairing_suspended  pairing.autoApproveLocal
            Exposure or auth mode changed since an operator last confirmed them: local
            devices are not paired without a prompt.
            next   netclaw devices auto-approve confirm

        info opt_in  exposure.origins = https://app.example.org
            You chose to trust: pages of these origins may connect.
            -> Remove it from netclaw.json if it is not meant.
            next   netclaw config check

        info pairing_waits
            2 requests to be paired, undecided.
            next   netclaw devices list

        0 errors, 3 warnings.

        """, Shown(json: false, DaemonCheck.Of(new DaemonSight(null, null)), ConfigurationCheck.Of(Risky), CheckReport.Skipped("journal", "no daemon runs."),
            PairingCheck.Of(new RegistryStatus(1, 2, 0, 0, "Completed", LocalPairingResult.Suspended))));

    [Fact]
    public void Person_ReadsThatAllIsWell_WhenOnlyTrustIsTold() => Assert.Equal(
        """
        daemon         ok: netclawd runs (pid 42) and is ready.
        configuration  info: a daemon starts with /home/anna/.netclaw/netclaw.json; 0
                       warnings, 1 opt-in.

        info opt_in  exposure.origins = https://app.example.org
            You chose to trust: pages of these origins may connect.
            -> Remove it from netclaw.json if it is not meant.
            next   netclaw config check

        All well.

        """, Shown(json: false, DaemonCheck.Of(new DaemonSight(42, new ProbeResult.Ready())), ConfigurationCheck.Of(Risky with { Warnings = [] })));

    [Fact]
    public void Program_ReadsOneObject()
    {
        var report = JsonSerializer.Deserialize<JsonElement>(Shown(json: true, ConfigurationCheck.Of(Risky), JournalCheck.Of(new JournalStatus("SQLite", false, 7, "disk full"))));

        Assert.False(report.GetProperty("healthy").GetBoolean());
        Assert.Equal((1, 1), (report.GetProperty("errors").GetInt32(), report.GetProperty("warnings").GetInt32()));
        Assert.Equal(
            """{"id":"auth_none","severity":"warning","seen":"Every program of this machine, whoever runs it, may read and write.","remedy":"netclaw config check","key":"auth.mode","value":"none","change":"Write \"token\"."}""",
            report.GetProperty("checks")[0].GetProperty("findings")[0].GetRawText());
        Assert.Equal(
            """{"id":"journal","state":"error","seen":"SQLite stopped at 7: nothing can be changed.","findings":[{"id":"journal_failed","severity":"error","seen":"A write failed (disk full); live sessions go on, and no pairing or revocation is taken.","remedy":"netclaw logs"}]}""",
            report.GetProperty("checks")[1].GetRawText());
    }

    private static string Shown(bool json, params CheckReport[] checks)
    {
        var output = new StringWriter { NewLine = "\n" };
        new Screen(new Terminal { Out = output, Error = TextWriter.Null, In = TextReader.Null }, json, verbose: false)
            .Show(DoctorSheet.Report(DoctorReport.Of("/home/anna/.netclaw", [.. checks])));
        return output.ToString();
    }
}
