using System.Diagnostics;
using Netclaw.EndToEnd.Tests.Machines;
using Netclaw.Protocol;

namespace Netclaw.EndToEnd.Tests;

/// <summary>Starting, finding, stopping and losing the daemon.</summary>
public sealed class DaemonLifeTests
{
    [Fact]
    public async Task Up_StartsTheDaemonAndSaysEverything_AndDownStopsIt()
    {
        await using var host = new Machine();

        var up = await host.JsonAsync("up", "--listen", "127.0.0.1:0");

        Assert.True(up.GetProperty("started").GetBoolean());
        Assert.True(GatewayId.TryParse(up.GetProperty("gateway").GetProperty("id").GetString(), out _));
        var url = up.GetProperty("endpoints")[0].GetString()!;
        Assert.NotEqual(0, new Uri(url).Port);
        Assert.Equal(host.Home.ControlSocket, up.GetProperty("controlSocket").GetString());
        Assert.Equal(host.DaemonPid, up.GetProperty("pid").GetInt32());
        Assert.Equal(0, up.GetProperty("devices").GetArrayLength());
        var pairing = up.GetProperty("pairing");
        Assert.Matches("^[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}$", pairing.GetProperty("code").GetString());
        Assert.Contains($"netclaw pair {url}", pairing.GetProperty("command").GetString());
        Assert.StartsWith("netclaw://pair?", pairing.GetProperty("link").GetString());
        var left = DateTimeOffset.FromUnixTimeMilliseconds(pairing.GetProperty("expiresAtMs").GetInt64()) - DateTimeOffset.UtcNow;
        Assert.InRange(left.TotalSeconds, 200, 301);

        var pid = host.DaemonPid;
        var down = await host.JsonAsync("down");
        Assert.True(down.GetProperty("wasRunning").GetBoolean());
        Assert.False(down.GetProperty("forced").GetBoolean());
        Assert.Equal(pid, down.GetProperty("pid").GetInt32());
        Assert.Equal("daemon_not_running", (await host.RunAsync("daemon", "status", "--json")).Expect(ExitCodes.Unavailable).Code());
        Assert.False(File.Exists(host.Home.ControlSocket));
    }

    [Fact]
    public async Task Up_IsTheSameAgain_WhenTheDaemonRuns()
    {
        await using var host = new Machine();
        await host.UpAsync();

        var again = await host.JsonAsync("up");

        Assert.False(again.GetProperty("started").GetBoolean());
        Assert.Equal(host.Url, again.GetProperty("endpoints")[0].GetString());
        Assert.Equal(host.DaemonPid, again.GetProperty("pid").GetInt32());
    }

    [Fact]
    public async Task Up_TellsAPersonWhatToTypeAndWhatToScan()
    {
        await using var host = new Machine();

        var up = (await host.RunAsync("up", "--listen", "127.0.0.1:0", "--qr")).Expect(ExitCodes.Ok);

        Assert.StartsWith("netclawd is up.", up.Out);
        Assert.Contains("pairing code  ", up.Out);
        Assert.Contains("  netclaw pair http://127.0.0.1:", up.Out);
        Assert.Contains("█▀", up.Out);
        Assert.Contains(host.Home.ControlSocket, up.Out);
        Assert.DoesNotContain('\e', up.Out);
    }

    [Fact]
    public async Task Down_HasNothingToDo_WhenNoDaemonRuns()
    {
        await using var host = new Machine();

        Assert.False((await host.JsonAsync("down")).GetProperty("wasRunning").GetBoolean());
        Assert.Equal("daemon_not_running", (await host.RunAsync("daemon", "stop", "--json")).Expect(ExitCodes.Unavailable).Code());
    }

    [Theory]
    [InlineData(Signal.Terminate)]
    [InlineData(Signal.Interrupt)]
    public async Task Run_BecomesTheDaemon_AndExitsWithZeroOnASignal(int signal)
    {
        await using var host = new Machine();
        await using var run = host.Start(null, "daemon", "run", "--listen", "127.0.0.1:0");
        await ReadyAsync(host, run);

        Assert.Equal(run.Pid, host.DaemonPid);
        var clock = Stopwatch.StartNew();
        Signal.Send(run.Pid, signal);
        var ended = await run.FinishAsync();

        ended.Expect(ExitCodes.Ok);
        Assert.InRange(clock.Elapsed.TotalSeconds, 0, 10);
        Assert.False(File.Exists(host.Home.ControlSocket));
    }

    [Fact]
    public async Task SecondDaemon_IsRefusedWithThePidOfTheFirst()
    {
        await using var host = new Machine();
        await host.UpAsync();
        var pid = $"{host.DaemonPid}";

        var start = (await host.RunAsync("daemon", "start", "--json")).Expect(ExitCodes.Failed);
        var run = (await host.RunAsync("daemon", "run", "--json", "--listen", "127.0.0.1:0")).Expect(ExitCodes.Failed);

        Assert.Equal("daemon_already_running", start.Code());
        Assert.Contains(pid, start.Error);
        Assert.Contains("lock_held", run.Error);
        Assert.Contains(pid, run.Error);
        Assert.True((await host.JsonAsync("daemon", "status")).GetProperty("ready").GetBoolean());
    }

    [Fact]
    public async Task SocketAndLockOfAKilledDaemon_AreNoObstacle()
    {
        await using var host = new Machine();
        await host.UpAsync();
        var first = host.DaemonPid;

        await host.KillDaemonAsync();
        Assert.True(File.Exists(host.Home.ControlSocket));
        Assert.Equal("daemon_not_running", (await host.RunAsync("status", "--json")).Expect(ExitCodes.Unavailable).Code());
        await host.UpAsync(host.Port);

        Assert.NotEqual(first, host.DaemonPid);
        Assert.Equal(host.DaemonPid, (await host.JsonAsync("status")).GetProperty("daemon").GetProperty("pid").GetInt32());
    }

    [Fact]
    public async Task Gateway_KeepsItsIdentity_AcrossKillAndRestart()
    {
        await using var host = new Machine();
        await host.UpAsync();
        var before = (await host.JsonAsync("status")).GetProperty("gateway").GetProperty("id").GetString();

        await host.KillAndRestartAsync();

        Assert.Equal(before, (await host.JsonAsync("status")).GetProperty("gateway").GetProperty("id").GetString());
    }

    [Fact]
    public async Task Status_GoesByTcpWithTheHostCredential_WhenTheControlSocketIsGone()
    {
        await using var host = new Machine();
        await host.UpAsync();
        File.Delete(host.Home.ControlSocket);

        var status = await host.JsonAsync("status");

        Assert.Equal("host", status.GetProperty("reachedBy").GetProperty("rule").GetString());
        Assert.Equal("host-key", status.GetProperty("you").GetProperty("method").GetString());
    }

    [Fact]
    public async Task Logs_ShowWhatTheDaemonWrote()
    {
        await using var host = new Machine();
        await host.UpAsync();

        Assert.NotEqual(0, (await host.JsonAsync("logs", "-n", "20")).GetProperty("lines").GetArrayLength());
    }

    [Fact]
    public async Task Stop_KillsADaemonThatDoesNotListen_OnlyWhenForced()
    {
        await using var host = new Machine();
        await host.UpAsync();
        Signal.Send(host.DaemonPid, Signal.Stop);

        Assert.Equal("daemon_stop_timeout", (await host.RunAsync("daemon", "stop", "--timeout", "300ms", "--json")).Expect(ExitCodes.TimedOut).Code());
        var forced = await host.JsonAsync("daemon", "stop", "--force", "--timeout", "300ms");

        Assert.True(forced.GetProperty("forced").GetBoolean());
        Assert.Equal("daemon_not_running", (await host.RunAsync("daemon", "status", "--json")).Expect(ExitCodes.Unavailable).Code());
    }

    private static Task ReadyAsync(Machine host, Running run) => Eventually.TrueAsync(
        async () =>
        {
            if (run.HasExited)
            {
                Assert.Fail((await run.FinishAsync()).ToString());
            }

            var status = await host.RunAsync("daemon", "status", "--json");
            return status.ExitCode == ExitCodes.Ok && status.Json().GetProperty("ready").GetBoolean();
        },
        "the daemon in the foreground is ready");
}
