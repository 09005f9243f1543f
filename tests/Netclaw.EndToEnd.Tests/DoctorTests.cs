using System.Text.Json;
using Netclaw.EndToEnd.Tests.Machines;
using Netclaw.Protocol;
using Netclaw.Testing;

namespace Netclaw.EndToEnd.Tests;

/// <summary>The doctor on a real home whose owner opted into trusting the network, with the daemon down, up, and up on an earlier file.</summary>
public sealed class DoctorTests
{
    private const string Risky = """
        {"listen":{"port":0},"exposure":{"mode":"reverse-proxy","trustedProxies":["127.0.0.1"],"externalUrl":"https://gw.example.org"},
         "auth":{"mode":"trusted-proxy","trustedProxy":{"userHeader":"X-User","allowLoopback":true,"loopbackUser":"internal@pod"}}}
        """;

    /// <summary>Their states depend on who runs the tests and where; <see cref="Doctoring.FindingTests"/> builds each of their findings.</summary>
    private static readonly string[] OfTheMachine = ["home", "secrets", "lock", "ports", "service", "profiles", "tunnel", "clock", "runtime"];

    [Fact]
    public async Task TellsEveryOptIn_WithTheDaemonDownAndUp()
    {
        await using var machine = new Machine();
        File.WriteAllText(machine.Home.ConfigFile, Risky);

        var down = await DoctorAsync(machine, ExitCodes.Warned);
        Assert.Equal(
            ["daemon warning", "configuration warning", "exposure info", "identity ok", "journal skipped", "control-socket skipped", "in-force skipped", "local-access ok", "bootstrap info", "pairing skipped"], States(down));
        Assert.Equal(
            ["allow_users_empty auth.trustedProxy.allowUsers", "loopback_proxy_unproven auth.trustedProxy.proxyUids", "opt_in auth.trustedProxy.allowLoopback",
                "opt_in auth.trustedProxy.loopbackUser", "opt_in exposure.trustedProxies"],
            Findings(down, "configuration"));

        await machine.JsonAsync("daemon", "start");
        var up = await DoctorAsync(machine, ExitCodes.Warned);
        Assert.Equal(
            ["daemon ok", "configuration warning", "exposure info", "identity ok", "journal ok", "control-socket ok", "in-force ok", "local-access ok", "bootstrap ok", "pairing ok"], States(up));
        Assert.Equal(Findings(down, "configuration"), Findings(up, "configuration"));

        var notices = (await machine.JsonAsync("status")).GetProperty("notices");
        Assert.Equal(["allow_users_empty", "loopback_proxy_unproven"], notices.GetProperty("warnings").EnumerateArray().Select(notice => notice.GetProperty("id").GetString()));
        Assert.Contains("internal@pod", notices.GetProperty("optIns").EnumerateArray().Select(notice => notice.GetProperty("value").GetString()));
        Assert.Contains("warnings       2; auth.trustedProxy.allowUsers:", (await machine.RunAsync("status")).Expect(ExitCodes.Ok).Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task TellsWhatTheRunningDaemonStillTrusts()
    {
        await using var machine = new Machine();
        File.WriteAllText(machine.Home.ConfigFile, Risky);
        await machine.JsonAsync("daemon", "start");

        File.WriteAllText(machine.Home.ConfigFile, """{"listen":{"port":0}}""");
        var report = await DoctorAsync(machine, ExitCodes.Warned);

        Assert.Contains("opt_in_outdated auth.trustedProxy.loopbackUser", Findings(report, "in-force"));
        Assert.Empty(Findings(report, "configuration"));
    }

    [Fact]
    public async Task Exits0_WhenAllIsWell_And1_WhenNoDaemonStartsWithTheFile()
    {
        await using var machine = new Machine();
        await machine.UpAsync();
        Assert.True((await DoctorAsync(machine, ExitCodes.Ok)).GetProperty("healthy").GetBoolean());

        File.WriteAllText(machine.Home.ConfigFile, """{"listen":{"prot":1}}""");
        var people = (await machine.RunAsync("doctor", "--only", "configuration")).Expect(ExitCodes.Failed);
        Assert.Contains("error config_invalid  listen.prot", people.Out, StringComparison.Ordinal);
        Assert.Contains("next   netclaw config check", people.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task NamesADaemonThatIsStuck_AndWhatEndsIt()
    {
        await using var machine = new Machine();
        await machine.UpAsync();
        Signal.Send(machine.DaemonPid, Signal.Stop);
        try
        {
            var report = await DoctorAsync(machine, ExitCodes.Failed);

            Assert.Equal(
                ["daemon error", "configuration ok", "exposure ok", "identity ok", "journal ok", "control-socket skipped", "in-force skipped", "local-access ok", "bootstrap ok", "pairing skipped"], States(report));
            Assert.Equal("netclaw daemon stop --force", One(report, "daemon").GetProperty("findings")[0].GetProperty("remedy").GetString());
        }
        finally
        {
            Signal.Send(machine.DaemonPid, Signal.Continue);
        }

        Assert.True((await DoctorAsync(machine, ExitCodes.Ok)).GetProperty("healthy").GetBoolean());
    }

    /// <summary>netclawd is asked for what the checks want, and for nothing else: a script in its place writes down how it was called.</summary>
    [Theory]
    [InlineData("tunnel", "tunnel")]
    [InlineData("journal", "records,journal")]
    [InlineData("bootstrap,local-access", "localAccess,keys")]
    [InlineData("home,lock,pairing", null)]
    public async Task Only_AsksForTheSectionsThatItsChecksNeed(string checks, string? sections)
    {
        await using var machine = new Machine();
        await machine.UpAsync();
        var script = Path.Combine(machine.Root, "asked");
        File.WriteAllText(script, $"#!/bin/sh\necho \"$@\" >> '{script}.with'\nexec '{Executables.Daemon}' \"$@\"\n");
        File.SetUnixFileMode(script, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        machine.Variables["NETCLAWD"] = script;

        var report = (await machine.RunAsync("doctor", "--only", checks, "--json")).Expect(ExitCodes.Ok).Json();

        Assert.All(report.GetProperty("checks").EnumerateArray(), check => Assert.NotEqual("skipped", check.GetProperty("state").GetString()));
        string[] asked = File.Exists(script + ".with") ? await File.ReadAllLinesAsync(script + ".with") : [];
        Assert.Equal(
            sections?.Split(',').Order(StringComparer.Ordinal),
            asked.Length == 0 ? null : Assert.Single(asked).Split("--only ")[1].Split(',').Order(StringComparer.Ordinal));
    }

    private static async Task<JsonElement> DoctorAsync(Machine machine, int exit) => (await machine.RunAsync("doctor", "--json")).Expect(exit).Json();

    private static IEnumerable<string> States(JsonElement report) =>
        report.GetProperty("checks").EnumerateArray().Where(check => !OfTheMachine.Contains(check.GetProperty("id").GetString()))
            .Select(check => $"{check.GetProperty("id")} {check.GetProperty("state")}");

    private static JsonElement One(JsonElement report, string check) => report.GetProperty("checks").EnumerateArray().Single(one => one.GetProperty("id").GetString() == check);

    private static IReadOnlyList<string> Findings(JsonElement report, string check) =>
        [.. One(report, check).GetProperty("findings").EnumerateArray()
            .Select(finding => $"{finding.GetProperty("id")} {finding.GetProperty("key")}").Order(StringComparer.Ordinal)];
}
