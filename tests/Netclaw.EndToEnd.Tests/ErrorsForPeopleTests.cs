using System.Net;
using System.Net.Sockets;
using Netclaw.EndToEnd.Tests.Machines;
using Netclaw.Protocol;

namespace Netclaw.EndToEnd.Tests;

/// <summary>Everything that goes wrong for people names what was tried, what was seen, and one command; and has its exit code.</summary>
public sealed class ErrorsForPeopleTests
{
    [Fact]
    public async Task ClosedPort_IsUnreachable()
    {
        await using var device = new Machine();
        var url = $"http://127.0.0.1:{ClosedPort()}";

        var run = (await device.RunAsync("pair", url, "--request")).Expect(ExitCodes.Unavailable);

        AssertTold(run, "endpoint_unreachable", "connection refused", url);
    }

    [Fact]
    public async Task WrongUrl_IsNoAddress()
    {
        await using var device = new Machine();

        AssertTold((await device.RunAsync("pair", "127.0.0.1:5199")).Expect(ExitCodes.Usage), "endpoint_url_invalid", "netclaw pair http://127.0.0.1:5199");
        AssertTold((await device.RunAsync("status", "--url", "gopher://x")).Expect(ExitCodes.Usage), "endpoint_url_invalid", "gopher:");
    }

    [Fact]
    public async Task PortInUse_IsNamedWithAnotherWay()
    {
        await using var host = new Machine();
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var address = taken.LocalEndpoint.ToString()!;

        var run = (await host.RunAsync("up", "--listen", address)).Expect(ExitCodes.Unavailable);

        AssertTold(run, "port_in_use", address, "netclaw daemon start --listen");
        AssertTold((await host.RunAsync("daemon", "run", "--listen", address)).Expect(ExitCodes.Unavailable), "port_in_use", address);
    }

    [Fact]
    public async Task Configuration_IsRefusedWithAllItsProblemsAtOnce()
    {
        await using var host = new Machine();
        File.WriteAllText(host.Home.ConfigFile, """{ "listn": { "port": 1 }, "listen": { "port": 99999 }, "shutdown": { "drainSecond": 1 } }""");

        var run = (await host.RunAsync("up")).Expect(ExitCodes.Config);

        AssertTold(run, "config_invalid", "listn", "listen", "99999", "drainSecond", "drainSeconds");
        var json = (await host.RunAsync("daemon", "start", "--json")).Expect(ExitCodes.Config).JsonError();
        Assert.Equal(3, json.GetProperty("details").GetProperty("problems").GetArrayLength());
    }

    [Fact]
    public async Task Configuration_IsRefusedWithTheLine_WhenItIsNoJson()
    {
        await using var host = new Machine();
        File.WriteAllText(host.Home.ConfigFile, "{\n  \"gateway\": {\n    oops\n  }\n}\n");

        AssertTold((await host.RunAsync("up")).Expect(ExitCodes.Config), "config_invalid", "line 3");
    }

    [Fact]
    public async Task DamagedKey_IsNamedAndLeftAsItIs()
    {
        await using var host = new Machine();
        await host.UpAsync();
        await host.JsonAsync("down");
        File.WriteAllText(host.Home.GatewayKey, "not a key");

        AssertTold((await host.RunAsync("up")).Expect(ExitCodes.Refused), "key_unreadable", host.Home.GatewayKey);
        Assert.Equal("not a key", File.ReadAllText(host.Home.GatewayKey));
    }

    [Fact]
    public async Task DamagedJournal_IsRefusedAndNeverTakenForAnEmptyOne()
    {
        await using var host = new Machine();
        await using var device = new Machine();
        await host.UpAsync();
        await device.PairWithAsync(host);
        await host.JsonAsync("down");
        File.Delete(host.Home.JournalDatabase + "-wal");
        File.WriteAllText(host.Home.JournalDatabase, "this is no database");

        AssertTold((await host.RunAsync("up")).Expect(ExitCodes.Failed), "journal_unreadable");
        Assert.Equal("this is no database", File.ReadAllText(host.Home.JournalDatabase));
    }

    [Fact]
    public async Task MissingDaemonProgram_IsNamed()
    {
        await using var host = new Machine { DaemonProgram = "/nowhere/netclawd" };

        AssertTold((await host.RunAsync("up")).Expect(ExitCodes.Unavailable), "part_missing", "/nowhere/netclawd");
        AssertTold((await host.RunAsync("daemon", "run")).Expect(ExitCodes.Unavailable), "part_missing");
    }

    [Fact]
    public async Task DaemonThatCannotStart_IsQuoted()
    {
        await using var host = new Machine { DaemonProgram = "/bin/false" };

        AssertTold((await host.RunAsync("up")).Expect(ExitCodes.Failed), "daemon_start_failed", "exit code 1");
    }

    [Fact]
    public async Task DaemonThatNeverBecomesReady_IsWaitedForNoLongerThanAsked()
    {
        await using var host = new Machine();
        var program = Path.Combine(host.Root, "slow");
        File.WriteAllText(program, "#!/bin/sh\nexec sleep 60\n");
        File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        host.Variables["NETCLAWD"] = program;

        var run = (await host.RunAsync("up", "--timeout", "500ms", "--json")).Expect(ExitCodes.Failed);

        Assert.Equal("daemon_start_failed", run.Code());
        var pid = run.Error.Split("pid ")[1].Split(')')[0];
        Signal.Send(int.Parse(pid), Signal.Kill);
    }

    [Fact]
    public async Task DamagedProfiles_AreNamedWithTheLine()
    {
        await using var device = new Machine();
        Directory.CreateDirectory(device.Home.ClientDirectory, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        File.WriteAllText(device.Home.Profiles, "{\n  \"version\": 1,\n  broken\n}");
        File.SetUnixFileMode(device.Home.Profiles, UnixFileMode.UserRead | UnixFileMode.UserWrite);

        AssertTold((await device.RunAsync("status")).Expect(ExitCodes.Config), "profile_unreadable", "line 3", device.Home.Profiles);
    }

    [Fact]
    public async Task SilentGateway_TimesOut()
    {
        await using var device = new Machine();
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();

        AssertTold((await device.RunAsync("status", "--url", $"http://{silent.LocalEndpoint}", "--timeout", "500ms")).Expect(ExitCodes.TimedOut), "timed_out");
    }

    [Fact]
    public async Task StoppedDaemon_TimesOut_RatherThanHanging()
    {
        await using var host = new Machine();
        await host.UpAsync();
        Signal.Send(host.DaemonPid, Signal.Stop);

        var run = (await host.RunAsync("status", "--timeout", "1s")).Expect(ExitCodes.TimedOut);

        Signal.Send(host.DaemonPid, Signal.Continue);
        AssertTold(run, "timed_out", host.Home.ControlSocket);
    }

    [Fact]
    public async Task ExpiredCode_SaysSo()
    {
        await using var host = new Machine();
        await using var device = new Machine();
        File.WriteAllText(host.Home.ConfigFile, """{ "pairing": { "codeLifetimeSeconds": 30 } }""");
        await host.UpAsync();
        var code = await host.CodeAsync();
        await Eventually.TrueAsync(async () => (await host.JsonAsync("devices", "list")).GetProperty("liveCodes").GetInt32() == 0, "the code has expired", seconds: 90);

        var run = (await device.RunAsync(code + "\n", ["pair", host.Url, "--code-stdin"])).Expect(ExitCodes.Refused);

        AssertTold(run, "pairing_code_expired", "netclaw daemon pair");
    }

    private static void AssertTold(Finished run, string code, params string[] words)
    {
        Assert.True(run.Error.Contains(code, StringComparison.Ordinal) && words.All(word => run.Error.Contains(word, StringComparison.Ordinal)), $"expected {code} with {string.Join(", ", words)}\n{run}");
        Assert.True(run.Error.Contains("netclaw ", StringComparison.Ordinal) || run.Error.Contains("next   ", StringComparison.Ordinal), $"no way out\n{run}");
    }

    private static int ClosedPort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
