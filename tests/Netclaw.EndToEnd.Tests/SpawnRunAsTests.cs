using System.Text.Json;
using Netclaw.EndToEnd.Tests.Machines;
using Netclaw.Protocol;
using Netclaw.Testing;

namespace Netclaw.EndToEnd.Tests;

/// <summary><c>spawn.runAs</c>: programs of another user. They call back by their credential, and get at nothing else of the gateway's.</summary>
public sealed class SpawnRunAsTests : IAsyncLifetime
{
    private const UnixFileMode Passable = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;
    private const UnixFileMode Anybody = (UnixFileMode)0b111_111_111;

    private readonly Machine _host = new();
    private readonly string _work = Directory.CreateTempSubdirectory("netclaw-work-").FullName;

    public async Task InitializeAsync()
    {
        if (Environment.IsPrivilegedProcess)
        {
            File.SetUnixFileMode(_work, Anybody);
            File.WriteAllText(_host.Home.ConfigFile, JsonSerializer.Serialize(new { spawn = new { runAs = "daemon", roots = (string[])[_work] } }));
            await _host.UpAsync();
        }
    }

    public async Task DisposeAsync()
    {
        await _host.DisposeAsync();
        Directory.Delete(_work, recursive: true);
    }

    [AsRootFact]
    public async Task AProgramOfAnotherUser_CallsBack_ByItsCredential()
    {
        var status = JsonElement.Parse(await OutputAsync(Executables.CommandLine, "status", "--json"));
        var about = await OutputAsync("/bin/sh", "-c", "id -un; pwd; echo $NETCLAW_URL");

        Assert.Equal("spawn", status.GetProperty("you").GetProperty("method").GetString());
        Assert.Equal(["daemon", _work, _host.Url], about.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [AsRootFact]
    public async Task AJobsCommand_IsThatUsers_AndCallsBack()
    {
        await AddJobAsync("who", "id -un; pwd; echo $NETCLAW_URL");
        await AddJobAsync("status", $"{Executables.CommandLine} status --json | grep -o '\"method\": *\"[^\"]*\"' | sort -u");

        Assert.Equal(["daemon", _work, _host.Url], await JobAsync("who"));
        Assert.Contains("\"spawn\"", Assert.Single(await JobAsync("status")), StringComparison.Ordinal);
    }

    [AsRootFact]
    public async Task AProgramOfAnotherUser_ReadsNothingOfTheHome_AndIsNoOperator()
    {
        var socket = _host.Home.ControlSocket;
        var bare = $"env -u NETCLAW_URL -u NETCLAW_TOKEN {Executables.CommandLine} status --url unix:{socket} --json 2>&1";
        var read = $"cat {_host.Home.ConfigFile} {_host.Home.GatewayTokenFile} 2>&1; ls {_host.Root} 2>&1";

        var closed = await OutputAsync("/bin/sh", "-c", $"{read}; {bare}; true");
        File.SetUnixFileMode(_host.Root, Passable);
        File.SetUnixFileMode(_host.Home.RunDirectory, Passable);
        File.SetUnixFileMode(socket, (UnixFileMode)0b110_110_110);
        var opened = await OutputAsync("/bin/sh", "-c", $"cat {_host.Home.GatewayTokenFile} 2>&1; {bare}; true");

        Assert.Equal(3, closed.Split('\n').Count(line => line.Split(':')[0] is "cat" or "ls" && line.EndsWith("Permission denied", StringComparison.Ordinal)));
        Assert.DoesNotContain((await File.ReadAllTextAsync(_host.Home.GatewayTokenFile)).Trim(), closed + opened, StringComparison.Ordinal);
        Assert.Contains("\"code\"", closed, StringComparison.Ordinal);
        Assert.Contains("peer_uid_not_allowed", opened, StringComparison.Ordinal);
    }

    [AsRootFact]
    public async Task ItsToken_IsWorthNothingToAnotherUser_WhileItRuns()
    {
        var file = Path.Combine(_work, "token");
        var run = await StartAsync("/bin/sh", "-c", $"echo $NETCLAW_TOKEN > {file}.part; mv {file}.part {file}; sleep 600");
        await Eventually.TrueAsync(() => Task.FromResult(File.Exists(file)), "the token");

        await using (var copied = _host.StartProgram(
            Executables.CommandLine, null, new() { ["NETCLAW_URL"] = _host.Url, ["NETCLAW_TOKEN"] = (await File.ReadAllTextAsync(file)).Trim() }, ["status", "--json"]))
        {
            Assert.Contains("spawn_credential_not_local", (await copied.FinishAsync()).Error, StringComparison.Ordinal);
        }

        (await _host.RunAsync("runs", "cancel", run)).Expect(ExitCodes.Ok);
    }

    private async Task AddJobAsync(string name, string script) =>
        (await _host.RunAsync("cron", "add", "--at", "1h", "--name", name, "--", "/bin/sh", "-c", script)).Expect(ExitCodes.Ok);

    /// <summary>What the job's one run wrote, line by line.</summary>
    private async Task<string[]> JobAsync(string name)
    {
        (await _host.RunAsync("cron", "run", name)).Expect(ExitCodes.Ok);
        JsonElement[] runs = [];
        await Eventually.TrueAsync(async () => (runs = [.. (await _host.JsonAsync("cron", "runs", name)).GetProperty("entries").EnumerateArray()]).Length == 1, $"the end of job {name}");
        Assert.True(runs[0].GetProperty("status").GetString() == "ok", runs[0].GetRawText());
        return runs[0].GetProperty("summary").GetString()!.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    private async Task<string> OutputAsync(params string[] argv)
    {
        var over = await _host.JsonAsync("runs", "show", await StartAsync(argv), "--wait");
        Assert.True(over.GetProperty("status").GetString() == "done", over.GetRawText());
        return over.GetProperty("output").GetString()!;
    }

    private async Task<string> StartAsync(params string[] argv) =>
        (await _host.RunAsync(["spawn", "--json", "--", .. argv])).Expect(ExitCodes.Ok).Json().GetProperty("runId").GetString()!;
}
