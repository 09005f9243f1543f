using System.Collections.Immutable;
using System.Globalization;
using Netclaw.Actors.Spawning;
using Netclaw.Daemon.Accounts;
using Netclaw.Daemon.Spawning;
using Netclaw.Protocol;

namespace Netclaw.Daemon.Tests.Spawning;

public sealed class ChildProgramsTests
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);

    private readonly ChildPrograms _programs = new(TimeProvider.System, new SystemAccounts(), new Children(new ChildMark("of-a-test")));

    [Fact]
    public async Task TellsExitCodeAndBothOutputs()
    {
        var end = await RunAsync("sh", "-c", "echo out; echo err >&2; exit 3");

        Assert.Equal(new ChildEnd(3, false, false, "out\n", "err\n", null), end);
        Assert.False(end.Succeeded);
    }

    [Fact]
    public async Task HandsOnWhatIsAdded_AndNothingElseOfTheDaemons()
    {
        Environment.SetEnvironmentVariable("CHILD_PROGRAMS_TEST_SECRET", "s3cret");

        var end = await RunAsync(Start("env") with { Environment = ImmutableDictionary<string, string>.Empty.Add("NETCLAW_RUN_ID", "run_x") });

        Assert.Contains("NETCLAW_RUN_ID=run_x\n", end.Output, StringComparison.Ordinal);
        Assert.Contains("NETCLAW_CHILD_OF=of-a-test\n", end.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cret", end.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("no-such-program-anywhere")]
    [InlineData("/etc/passwd")]
    [InlineData("/etc")]
    [InlineData("")]
    public async Task TellsThatThereIsNoProgram(string program)
    {
        var end = await RunAsync(program);

        Assert.Null(end.ExitCode);
        Assert.Contains("there is no program", end.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task TellsThatThereIsNoDirectory() =>
        Assert.Equal("there is no directory /no/such", (await RunAsync(Start("true") with { Directory = "/no/such" })).Problem);

    [Fact]
    public async Task EndsTheWholeGroup_WhenItsTimeIsOver_AlsoOneThatIgnoresTheFirstSignal()
    {
        var end = await RunAsync(Start("sh", "-c", "trap '' TERM; sleep 300 & echo $! $$; wait; while :; do sleep 1; done") with { Timeout = TimeSpan.FromMilliseconds(500) });

        Assert.True(end.TimedOut);
        Assert.Null(end.ExitCode);
        var gone = end.Output.Split((char[])[' ', '\n'], StringSplitOptions.RemoveEmptyEntries).Select(pid => int.Parse(pid, CultureInfo.InvariantCulture)).ToArray();
        Assert.Equal(2, gone.Length);
        Assert.All(gone, pid => Assert.False(IsRunning(pid)));
    }

    [Fact]
    public async Task EndsWhenItIsCancelled()
    {
        using var cancel = new CancellationTokenSource();
        var running = _programs.RunAsync(Start("sleep", "300"), cancel.Token);

        await cancel.CancelAsync();

        Assert.True((await running.WaitAsync(Deadline)).Cancelled);
    }

    [Fact]
    public async Task CutsAFlood()
    {
        var end = await RunAsync("sh", "-c", "head -c 4999996 /dev/zero | tr '\\0' a; echo end");

        Assert.Equal(0, end.ExitCode);
        Assert.Equal(new string('a', ChildStart.MostBytes / 2) + $"\n[… {5_000_000 - ChildStart.MostBytes} bytes left out]\n" + new string('a', (ChildStart.MostBytes / 2) - 4) + "end\n", end.Output);
    }

    [Theory]
    [InlineData("kill -SEGV $$", 139)]
    [InlineData("kill -ABRT $$", 134)]
    [InlineData("kill -KILL $$", 137)]
    public async Task ACrash_IsAResult_WithTheSignalsNumber(string script, int code)
    {
        var end = await RunAsync("sh", "-c", $"echo before; {script}");

        Assert.Equal(new ChildEnd(code, false, false, "before\n", "", null), end);
    }

    [Fact]
    public async Task WaitsForOneThatHasClosedItsOutputs() =>
        Assert.Equal(new ChildEnd(4, false, false, "", "", null), await RunAsync("sh", "-c", "exec >&- 2>&-; sleep 0.3; exit 4"));

    [Fact]
    public async Task WhatIsNoText_IsReplaced() => Assert.Equal("\uFFFD\uFFFDfine\u0000\n", (await RunAsync("printf", @"\377\376fine\000\n")).Output);

    [Fact]
    public async Task FloodsUntilItsTimeIsOver_AndIsHeldToItsBounds()
    {
        var end = await RunAsync(Start("sh", "-c", "yes error >&2 & yes") with { Timeout = TimeSpan.FromSeconds(1) });

        Assert.True(end.TimedOut);
        Assert.InRange(end.Output.Length, ChildStart.MostBytes, ChildStart.MostBytes + 100);
        Assert.InRange(end.Errors.Length, ChildStart.MostBytes, ChildStart.MostBytes + 100);
    }

    [RootFact]
    public async Task RunsAsAnotherUser_WithThatUsersGroups_AndNoWayBack()
    {
        var daemon = new SystemAccounts().FindUser("daemon")!.Value;
        var account = new SystemAccounts().Find(daemon)!;

        var end = await RunAsync(Start("sh", "-c", "id -u; id -g; echo $HOME $USER; grep -E '^(CapBnd|NoNewPrivs)' /proc/self/status") with { RunAs = daemon, Directory = "/" });

        Assert.Equal(
            [$"{daemon}", $"{account.Group}", $"{account.Home} daemon", "CapBnd:\t0000000000000000", "NoNewPrivs:\t1"],
            end.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [RootFact]
    public async Task StartsNothingAsAUserThatIsNotThere() =>
        Assert.Contains("this machine knows no user 4000000001", (await RunAsync(Start("true") with { RunAs = 4_000_000_001 })).Problem, StringComparison.Ordinal);

    [Fact]
    public void ShowsNoEnvironmentWhenItIsPrinted() => Assert.DoesNotContain(
        "s3cret", (Start("true") with { Environment = ImmutableDictionary<string, string>.Empty.Add("NETCLAW_TOKEN", "s3cret") }).ToString(), StringComparison.Ordinal);

    private static ChildStart Start(params string[] argv) => new([.. argv], "/tmp", ImmutableDictionary<string, string>.Empty, Deadline, null);

    private Task<ChildEnd> RunAsync(params string[] argv) => RunAsync(Start(argv));

    private Task<ChildEnd> RunAsync(ChildStart start) => _programs.RunAsync(start, CancellationToken.None).WaitAsync(Deadline);

    /// <summary>A zombie is as good as gone.</summary>
    private static bool IsRunning(int pid)
    {
        try
        {
            return !File.ReadAllText($"/proc/{pid}/stat").Contains(") Z ", StringComparison.Ordinal);
        }
        catch (IOException)
        {
            return false;
        }
    }
}
