using System.Globalization;
using System.Text.Json;
using Netclaw.EndToEnd.Tests.Machines;
using Netclaw.Protocol;

namespace Netclaw.EndToEnd.Tests;

/// <summary>Jobs that run when something has ended: a line for the shell that waits for a real process, and what the job does about it.</summary>
public sealed class CronExitTests : IAsyncLifetime
{
    private readonly Machine _host = new();

    private string Starts => Path.Combine(_host.Root, "starts");

    public async Task InitializeAsync() => await _host.UpAsync();

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task AReminder_ComesOnce_WhenTheWatchedProcessHasEnded_AndTheLineIsStartedAnew()
    {
        await using var watched = _host.StartProgram("/bin/sh", null, "-c", "exec sleep 600");
        var id = await AddAsync(WaitFor($"kill -0 {watched.Pid}"), "--name", "watch", "--remind", "the build is over");
        await StartedAsync(1);
        Assert.Equal((0, 0), (await SaidAsync(), await EndedAsync("watch")));

        Signal.SendUnlessGone(watched.Pid, Signal.Kill);
        await watched.FinishAsync();

        await Eventually.TrueAsync(async () => await EndedAsync("watch") > 0, "the run's end");
        await StartedAsync(2);
        var run = Assert.Single((await _host.JsonAsync("cron", "runs", "watch")).GetProperty("entries").EnumerateArray());
        Assert.Equal(("ok", "succeeded", id), (Text(run, "status"), Text(run, "completionStatus"), Text(run, "jobId")));
        Assert.Equal(1, await SaidAsync());
        Assert.Contains("ok", (await _host.RunAsync("cron", "runs", "watch")).Expect(ExitCodes.Ok).Out, StringComparison.Ordinal);

        // The line watches again: by now it is a process of its own, which ends with the job.
        var line = int.Parse((await File.ReadAllLinesAsync(Starts))[1], CultureInfo.InvariantCulture);
        Assert.True(Directory.Exists($"/proc/{line}"));
        await _host.JsonAsync("cron", "remove", "watch");
        await Eventually.TrueAsync(() => Task.FromResult(!Directory.Exists($"/proc/{line}")), "the end of the line");
    }

    [Fact]
    public async Task ACommand_RunsOnce_WhenTheLineHasEnded_AndWhatItSaidIsShown()
    {
        var (go, traces) = (Path.Combine(_host.Root, "go"), Path.Combine(_host.Root, "traces"));
        await AddAsync(WaitFor($"[ ! -e {go} ]"), "--name", "sweep", "--", "/bin/sh", "-c", $"echo swept >> {traces}; echo all is clean");
        await StartedAsync(1);
        Assert.False(File.Exists(traces));

        await File.WriteAllTextAsync(go, "");

        await Eventually.TrueAsync(async () => await EndedAsync("sweep") > 0, "the run's end");
        await StartedAsync(2);
        var run = Assert.Single((await _host.JsonAsync("cron", "runs", "sweep")).GetProperty("entries").EnumerateArray());
        Assert.Equal(("ok", "all is clean"), (Text(run, "status"), Text(run, "summary").Trim()));
        Assert.Equal("swept\n", await File.ReadAllTextAsync(traces));
    }

    [Fact]
    public async Task AKilledDaemon_WatchesAgain_AndSaysNothingOfALineThatHasNotEnded()
    {
        var go = Path.Combine(_host.Root, "go");
        await AddAsync($"echo $$ >> {Starts}; [ -e {go}.told ] && exec sleep 600; while [ ! -e {go} ]; do sleep 0.1; done; touch {go}.told", "--name", "watch", "--remind", "the build is over");
        await StartedAsync(1);

        await _host.KillAndRestartAsync();

        await StartedAsync(2);
        Assert.Equal((0, 0), (await SaidAsync(), await EndedAsync("watch")));
        await File.WriteAllTextAsync(go, "");
        await Eventually.TrueAsync(async () => await EndedAsync("watch") > 0, "the run's end");
        await StartedAsync(3);
        await _host.KillAndRestartAsync();
        await StartedAsync(4);
        Assert.Equal((1, 1), (await SaidAsync(), await EndedAsync("watch")));
    }

    /// <summary>A line that ends when <paramref name="holds"/> does not hold any more; started once more, it stays.</summary>
    private string WaitFor(string holds) => $"echo $$ >> {Starts}; [ $(wc -l < {Starts}) -gt 1 ] && exec sleep 600; while {holds} 2> /dev/null; do sleep 0.1; done";

    private async Task<string> AddAsync(string line, params string[] arguments)
    {
        var added = (await _host.RunAsync(["cron", "add", "--json", "--on-exit", line, .. arguments])).Expect(ExitCodes.Ok).Json();
        Assert.Equal("on-exit", Text(added.GetProperty("schedule"), "kind"));
        return Text(added, "id");
    }

    private Task StartedAsync(int times) => Eventually.TrueAsync(() => Task.FromResult(File.Exists(Starts) && File.ReadAllLines(Starts).Length >= times), $"start {times} of the line");

    private async Task<int> EndedAsync(string job) => (await _host.JsonAsync("cron", "runs", job)).GetProperty("total").GetInt32();

    private async Task<int> SaidAsync()
    {
        var history = await _host.RunAsync("sessions", "history", "agent:main:main", "--json");
        return history.ExitCode == ExitCodes.Ok ? history.Json().GetProperty("messages").EnumerateArray().Count(message => message.GetRawText().Contains("the build is over", StringComparison.Ordinal)) : 0;
    }

    private static string Text(JsonElement from, string name) => from.GetProperty(name).GetString()!;
}
