using System.Globalization;
using Netclaw.EndToEnd.Tests.Machines;
using Netclaw.Protocol;
using Netclaw.Testing;

namespace Netclaw.EndToEnd.Tests;

/// <summary>No program that the daemon started goes on without it: not after a stop, not after a kill and a new start; and while one does, it is no operator.</summary>
public sealed class SpawnLeftoverTests : IAsyncLifetime
{
    private readonly Machine _host = new();

    public async Task InitializeAsync()
    {
        _host.Variables["HOME"] = _host.Root;
        await _host.UpAsync();
    }

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task AfterAKillAndANewStart_WhatRanIsGone_AlsoWhatLeftItsSessionAndForkedTwice()
    {
        var (plain, away, bare) = (Noted("plain"), Noted("away"), Noted("bare"));
        await StartAsync($"trap '' TERM; {plain.Note("$$")}; env -i /bin/sleep 600 & {bare.Note("$!")}; (setsid /bin/sh -c '{away.Note("$$")}; exec sleep 600' > /dev/null 2>&1 &); wait; sleep 600");
        int[] pids = [await plain.PidAsync(), await away.PidAsync(), await bare.PidAsync()];

        await _host.KillDaemonAsync();
        Assert.All(pids, pid => Assert.False(IsGone(pid)));
        await _host.UpAsync();

        Assert.All(pids, pid => Assert.True(IsGone(pid)));
        Assert.Contains("ended 3 programs", await File.ReadAllTextAsync(_host.Home.DaemonLog), StringComparison.Ordinal);
    }

    [Fact]
    public async Task AfterAKillAndANewStart_AJobsCommandIsGone()
    {
        var command = Noted("command");
        await RunJobAsync($"{command.Note("$$")}; exec sleep 600");
        var pid = await command.PidAsync();

        await _host.KillAndRestartAsync();

        Assert.True(IsGone(pid));
    }

    [Fact]
    public async Task OneThatIsThereAllTheSame_IsNoOperator()
    {
        var (pid, told, go) = (Noted("pid"), Path.Combine(_host.Root, "told"), Path.Combine(_host.Root, "go"));
        var bare = $"env -u NETCLAW_URL -u NETCLAW_TOKEN NETCLAW_HOME={_host.Home.Root} {Executables.CommandLine} status --json";
        await StartAsync($"{pid.Note("$$")}; until [ -e {go} ]; do sleep 0.1; done; {bare} > {told}.part 2>&1; mv {told}.part {told}; sleep 600");
        var left = await pid.PidAsync();
        await _host.KillDaemonAsync();
        await File.WriteAllTextAsync(_host.Home.LockFile, ""); // as after a clean stop: nobody is looked for
        await _host.UpAsync();
        Assert.False(IsGone(left));

        await File.WriteAllTextAsync(go, "");
        await Eventually.TrueAsync(() => Task.FromResult(File.Exists(told)), "what it was told");

        Assert.Contains("spawn_credential_required", await File.ReadAllTextAsync(told), StringComparison.Ordinal);
        (await _host.RunAsync("status")).Expect(ExitCodes.Ok);
        Signal.Send(left, Signal.Kill);
    }

    [Fact]
    public async Task AfterDown_WhatTookNoNoticeOfItIsGone()
    {
        var (plain, away, command) = (Noted("plain"), Noted("away"), Noted("command"));
        await StartAsync($"trap '' TERM; {plain.Note("$$")}; (setsid /bin/sh -c 'trap \"\" TERM; {away.Note("$$")}; while :; do sleep 1; done' > /dev/null 2>&1 &); while :; do sleep 1; done");
        await RunJobAsync($"trap '' TERM; {command.Note("$$")}; while :; do sleep 1; done");
        int[] pids = [await plain.PidAsync(), await away.PidAsync(), await command.PidAsync()];

        (await _host.RunAsync("down")).Expect(ExitCodes.Ok);

        Assert.All(pids, pid => Assert.True(IsGone(pid)));
        Assert.Equal("", await File.ReadAllTextAsync(_host.Home.LockFile));
    }

    private async Task StartAsync(string script) => (await _host.RunAsync("spawn", "--json", "--", "/bin/sh", "-c", script)).Expect(ExitCodes.Ok);

    private async Task RunJobAsync(string script)
    {
        (await _host.RunAsync("cron", "add", "--at", "1h", "--name", "job", "--", "/bin/sh", "-c", script)).Expect(ExitCodes.Ok);
        (await _host.RunAsync("cron", "run", "job")).Expect(ExitCodes.Ok);
    }

    private NotedPid Noted(string name) => new(Path.Combine(_host.Root, name));

    /// <summary>A zombie is as good as gone.</summary>
    private static bool IsGone(int pid)
    {
        try
        {
            return File.ReadAllText($"/proc/{pid}/stat").Contains(") Z ", StringComparison.Ordinal);
        }
        catch (IOException)
        {
            return true;
        }
    }

    /// <summary>A pid that a shell writes down.</summary>
    private sealed record NotedPid(string File)
    {
        public string Note(string variable) => $"echo {variable} > {File}.part; mv {File}.part {File}";

        public async Task<int> PidAsync()
        {
            await Eventually.TrueAsync(() => Task.FromResult(System.IO.File.Exists(File)), $"the pid in {File}");
            return int.Parse((await System.IO.File.ReadAllTextAsync(File)).Trim(), CultureInfo.InvariantCulture);
        }
    }
}
