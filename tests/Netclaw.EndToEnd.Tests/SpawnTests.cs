using System.Text.Json;
using Netclaw.EndToEnd.Tests.Machines;
using Netclaw.Protocol;
using Netclaw.Testing;

namespace Netclaw.EndToEnd.Tests;

/// <summary>What the daemon starts: real programs with a credential of their own, which can do what it is for and nothing afterwards.</summary>
public sealed class SpawnTests : IAsyncLifetime
{
    private readonly Machine _host = new();

    public async Task InitializeAsync()
    {
        _host.Variables["HOME"] = _host.Root;
        await _host.UpAsync();
    }

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task AChild_CallsBack_WithItsOwnCredential_AndItsEndIsToldToTheConversation()
    {
        var run = await SpawnAsync(["--session", "agent:main:main", "--label", "look"], Executables.CommandLine, "status", "--json");

        Assert.Equal("done", run.GetProperty("status").GetString());
        var auth = JsonElement.Parse(run.GetProperty("output").GetString()!).GetProperty("reachedBy");
        Assert.Contains("spawn", auth.GetRawText(), StringComparison.Ordinal);
        var told = Assert.Single((await _host.JsonAsync("sessions", "history", "main")).GetProperty("messages").EnumerateArray());
        Assert.Contains($"{run.GetProperty("runId").GetString()} (look) is done", told.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task AChild_MayNotDoMore_ThanItWasGiven()
    {
        var run = await SpawnAsync(["--scopes", "read"], "/bin/sh", "-c", $"{Executables.CommandLine} devices list --json 2>&1; {Executables.CommandLine} runs cancel run_0000000000000000 --json 2>&1; true");

        Assert.Equal(2, run.GetProperty("output").GetString()!.Split("missing_scope").Length - 1);
        (await _host.RunAsync("status")).Expect(ExitCodes.Ok);
    }

    [Fact]
    public async Task AChildThatDropsItsToken_IsNoOperator_AlsoWhenItForksTwice()
    {
        var bare = $"env -u NETCLAW_URL -u NETCLAW_TOKEN NETCLAW_HOME={_host.Home.Root} {Executables.CommandLine} status --json";
        var direct = await SpawnAsync([], "/bin/sh", "-c", $"{bare} 2>&1; true");
        var file = Path.Combine(_host.Root, "twice");
        await SpawnAsync([], "/bin/sh", "-c", $"(setsid /bin/sh -c 'sleep 1; {bare} > {file}.part 2>&1; mv {file}.part {file}' > /dev/null 2>&1 &) ; true");
        await Eventually.TrueAsync(() => Task.FromResult(File.Exists(file)), "what the orphan was told");

        Assert.Contains("spawn_credential_required", direct.GetProperty("output").GetString(), StringComparison.Ordinal);
        Assert.Contains("spawn_credential_required", await File.ReadAllTextAsync(file), StringComparison.Ordinal);
    }

    [Fact]
    public async Task ATokenThatWasKept_OpensNothing_AfterTheEnd_AndAfterACancellation()
    {
        var file = Path.Combine(_host.Root, "token");
        await SpawnAsync([], "/bin/sh", "-c", $"echo \"$NETCLAW_TOKEN\" > {file}");
        Assert.Contains("spawn_credential_expired", await WithTokenAsync(file), StringComparison.Ordinal);

        File.Delete(file);
        var running = await StartAsync([], "/bin/sh", "-c", $"echo \"$NETCLAW_TOKEN\" > {file}.part; mv {file}.part {file}; sleep 600");
        await Eventually.TrueAsync(() => Task.FromResult(File.Exists(file)), "the token");
        await _host.JsonAsync("runs", "cancel", running);
        Assert.Contains("spawn_credential_revoked", await WithTokenAsync(file), StringComparison.Ordinal);
        Assert.Equal("cancelled", (await _host.JsonAsync("runs", "show", running)).GetProperty("status").GetString());
    }

    [Fact]
    public async Task ACancelledRun_IsEndedWithItsWholeGroup()
    {
        var file = Path.Combine(_host.Root, "pids");
        var run = await StartAsync([], "/bin/sh", "-c", $"trap '' TERM; sleep 600 & echo $! $$ > {file}.part; mv {file}.part {file}; wait; sleep 600");
        await Eventually.TrueAsync(() => Task.FromResult(File.Exists(file)), "the pids");
        var pids = (await File.ReadAllTextAsync(file)).Split((char[])[' ', '\n'], StringSplitOptions.RemoveEmptyEntries);

        await _host.JsonAsync("runs", "cancel", run);

        await Eventually.TrueAsync(() => Task.FromResult(pids.All(pid => !Directory.Exists($"/proc/{pid}") || File.ReadAllText($"/proc/{pid}/stat").Contains(") Z ", StringComparison.Ordinal))), "the end of the group");
    }

    [Fact]
    public async Task WhatRanAtAKill_IsLost_AndToldOnce()
    {
        var run = await StartAsync(["--session", "agent:main:main"], "sleep", "600");

        await _host.KillAndRestartAsync();

        Assert.Equal("lost", (await _host.JsonAsync("runs", "show", run, "--wait")).GetProperty("status").GetString());
        await _host.KillAndRestartAsync();
        await Eventually.TrueAsync(async () => (await _host.JsonAsync("sessions", "list")).GetProperty("sessions").GetArrayLength() == 1, "the announcement");
        Assert.Contains("was lost", Assert.Single((await _host.JsonAsync("sessions", "history", "main")).GetProperty("messages").EnumerateArray()).GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task AChildThatFails_IsAResult_NotACrash()
    {
        var failed = await _host.RunAsync("spawn", "--wait", "--", "/bin/sh", "-c", "kill -SEGV $$");

        Assert.Equal(ExitCodes.Failed, failed.ExitCode);
        Assert.Contains("run_failed", failed.Error, StringComparison.Ordinal);
        Assert.Contains("exit code 139", failed.Error, StringComparison.Ordinal);
        (await _host.RunAsync("status")).Expect(ExitCodes.Ok);
    }

    private async Task<JsonElement> SpawnAsync(string[] options, params string[] argv) =>
        await _host.JsonAsync("runs", "show", await StartAsync(options, argv), "--wait");

    private async Task<string> StartAsync(string[] options, params string[] argv) =>
        (await _host.RunAsync(["spawn", "--json", .. options, "--", .. argv])).Expect(ExitCodes.Ok).Json().GetProperty("runId").GetString()!;

    /// <summary>Another process of this machine shows a token that a run has left.</summary>
    private async Task<string> WithTokenAsync(string file)
    {
        _host.Variables["NETCLAW_URL"] = $"unix:{_host.Home.ControlSocket}";
        _host.Variables["NETCLAW_TOKEN"] = (await File.ReadAllTextAsync(file)).Trim();
        try
        {
            var refused = await _host.RunAsync("status", "--json");
            Assert.NotEqual(ExitCodes.Ok, refused.ExitCode);
            return refused.Error;
        }
        finally
        {
            _host.Variables.Remove("NETCLAW_URL");
            _host.Variables.Remove("NETCLAW_TOKEN");
        }
    }
}
