using System.Globalization;
using System.Text.Json;
using Netclaw.EndToEnd.Tests.Machines;
using Netclaw.Protocol;
using Netclaw.Testing;

namespace Netclaw.EndToEnd.Tests;

/// <summary>Runs that start runs by the command line, as real processes.</summary>
public sealed class SpawnTreeTests
{
    [Fact]
    public async Task ATree_EndsAtTheDepthThatIsAllowed_AndGoesWithItsRoot()
    {
        await using var host = new Machine();
        host.Variables["HOME"] = host.Root;
        File.WriteAllText(host.Home.ConfigFile, """{"spawn":{"maxDepth":2}}""");
        await host.UpAsync();
        var (pids, refused) = (Path.Combine(host.Root, "pids"), Path.Combine(host.Root, "refused"));
        var leaf = Script(host, "leaf.sh", $"""
            trap '' TERM
            {Executables.CommandLine} spawn --json -- true 2> {refused}
            sleep 600 & echo $! $$ > {pids}.part; mv {pids}.part {pids}; wait; sleep 600
            """);
        var root = Script(host, "root.sh", $"""
            trap '' TERM
            {Executables.CommandLine} spawn --scopes admin --label leaf -- /bin/sh {leaf}
            sleep 600
            """);

        var run = await StartAsync(host, "/bin/sh", root);
        await Eventually.TrueAsync(() => Task.FromResult(File.Exists(pids)), "the leaf");

        Assert.Contains("spawn_too_deep", await File.ReadAllTextAsync(refused), StringComparison.Ordinal);
        var runs = (await host.JsonAsync("runs", "list", "--active")).GetProperty("runs").EnumerateArray().ToArray();
        Assert.Equal([2, 1], runs.Select(each => each.GetProperty("depth").GetInt32()));
        Assert.Equal(run, runs[0].GetProperty("parentRunId").GetString());

        Assert.Equal(2, (await host.JsonAsync("runs", "cancel", run)).GetProperty("cancelled").GetArrayLength());

        var left = (await File.ReadAllTextAsync(pids)).Split((char[])[' ', '\n'], StringSplitOptions.RemoveEmptyEntries).Select(pid => int.Parse(pid, CultureInfo.InvariantCulture)).ToArray();
        Assert.Equal(2, left.Length);
        await Eventually.TrueAsync(() => Task.FromResult(left.All(IsGone)), "the end of the leaf's group");
        Assert.All((await host.JsonAsync("runs", "list")).GetProperty("runs").EnumerateArray(), each => Assert.Equal("cancelled", each.GetProperty("status").GetString()));
    }

    [Fact]
    public async Task WithTheUsualDepth_ARunStartsNoRun_AndItsExitCodeSaysSo()
    {
        await using var host = new Machine();
        host.Variables["HOME"] = host.Root;
        await host.UpAsync();

        var run = await StartAsync(host, Executables.CommandLine, "spawn", "--json", "--", "true");
        var over = await host.JsonAsync("runs", "show", run, "--wait");

        Assert.Equal(("failed", ExitCodes.Refused), (over.GetProperty("status").GetString(), over.GetProperty("exitCode").GetInt32()));
        Assert.Contains("spawn_too_deep", over.GetProperty("output").GetString(), StringComparison.Ordinal);
        Assert.Single((await host.JsonAsync("runs", "list")).GetProperty("runs").EnumerateArray());
    }

    [Fact]
    public async Task ARun_StartsNothing_ThatMayDoMoreThanItself()
    {
        await using var host = new Machine();
        host.Variables["HOME"] = host.Root;
        File.WriteAllText(host.Home.ConfigFile, """{"spawn":{"maxDepth":2},"agents":{"main":{"runtime":"openai","baseUrl":"http://127.0.0.1:1/v1","model":"m"}}}""");
        await host.UpAsync();

        var run = (await host.RunAsync(
            "spawn", "--json", "--scopes", "read,write", "--", "/bin/sh", "-c", $"{Executables.CommandLine} spawn --task count --scopes admin --json 2>&1; true")).Expect(ExitCodes.Ok).Json().GetProperty("runId").GetString()!;

        Assert.Contains("missing_scope", (await host.JsonAsync("runs", "show", run, "--wait")).GetProperty("output").GetString(), StringComparison.Ordinal);
        Assert.Single((await host.JsonAsync("runs", "list")).GetProperty("runs").EnumerateArray());
    }

    private static async Task<string> StartAsync(Machine host, params string[] argv) =>
        (await host.RunAsync(["spawn", "--json", "--scopes", "admin", "--", .. argv])).Expect(ExitCodes.Ok).Json().GetProperty("runId").GetString()!;

    private static string Script(Machine host, string name, string text)
    {
        var path = Path.Combine(host.Root, name);
        File.WriteAllText(path, text);
        return path;
    }

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
}
