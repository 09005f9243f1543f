using System.Globalization;
using System.Text.Json;
using Netclaw.EndToEnd.Tests.Machines;
using Netclaw.Protocol;
using Netclaw.Testing;

namespace Netclaw.EndToEnd.Tests;

/// <summary>The daemon is killed at every write of a run, and while an agent's run is alive: each run has one end, and its conversation is told once.</summary>
public sealed class SpawnCrashTests
{
    [Fact]
    public async Task KilledAtAnyWriteOfARun_TheConversationIsToldOnce()
    {
        await using var host = new Machine { DaemonProgram = Executables.CrashDaemon };
        host.Variables["HOME"] = host.Root;
        await host.UpAsync();

        // 0 accepted and started, 1 ended, 2 the conversation is begun or the message is in it, 3 the message is in it or noted as told.
        foreach (var writes in (int[])[2, 0, 1, 2, 3])
        {
            var done = Path.Combine(host.Root, "crash-after.done");
            File.Delete(done);
            File.WriteAllText(Path.Combine(host.Root, "crash-after"), writes.ToString(CultureInfo.InvariantCulture));
            await host.RunAsync("spawn", "--session", "agent:main:main", "--label", $"at {writes}", "--", "true");
            await Eventually.TrueAsync(() => Task.FromResult(File.Exists(done)), $"the daemon's end at write {writes}");
            await Eventually.TrueAsync(async () => (await host.RunAsync("daemon", "status", "--json")).ExitCode != ExitCodes.Ok, "its end");
            await host.UpAsync(host.Port);
            await ToldAsync(host);
        }

        await host.KillAndRestartAsync();

        var told = await ToldAsync(host);
        Assert.Equal(5, told.Length);
        Assert.Contains(told, text => text.Contains("(at 0) was lost", StringComparison.Ordinal));
        Assert.Contains(told, text => text.Contains("(at 1) is done", StringComparison.Ordinal));
    }

    [Fact]
    public async Task AnAgentsSubagent_ThatIsAliveAtAKill_IsLost_AndThatIsToldOnce()
    {
        await using var model = await LocalModel.StartAsync();
        await using var other = await LocalModel.StartAsync();
        await using var host = new Machine();
        File.WriteAllText(host.Home.ConfigFile, $$"""{ "agents": { "main": {{model.Entry()}}, "bob": {{other.Entry()}} } }""");
        await host.UpAsync();
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var spawning = Replies.Calls(("c1", "sessions_spawn", """{"task":"count","agentId":"bob","cleanup":"delete"}"""));
        model.Answers(spawning, Replies.Says("Bob counts."), spawning, Replies.Says("Again."));
        other.Answers(Replies.HangsAfter(reached, "one, two"), Replies.Says("Seven."));

        (await host.RunAsync("chat", "-p", "count")).Expect(ExitCodes.Ok);
        await reached.Task.WaitAsync(TimeSpan.FromSeconds(30));
        await host.KillAndRestartAsync();
        Assert.Contains("was lost", Assert.Single(await ToldAsync(host)), StringComparison.Ordinal);

        (await host.RunAsync("chat", "-p", "again")).Expect(ExitCodes.Ok);
        await Eventually.TrueAsync(async () => (await ToldAsync(host)).Length == 2, "the second end");
        await host.KillAndRestartAsync();

        var told = await ToldAsync(host);
        Assert.Equal(2, told.Length);
        Assert.Contains("Seven.", told[1], StringComparison.Ordinal);
        Assert.Equal(2, other.Requests.Length);
        await Eventually.TrueAsync(
            async () => (await host.JsonAsync("sessions", "list")).GetProperty("sessions").EnumerateArray().All(row => row.GetProperty("key").GetString() == "agent:main:main"), "no conversation but this one");
    }

    /// <summary>What the conversation was told about runs, once every run that is known has been told; none twice.</summary>
    private static async Task<string[]> ToldAsync(Machine host)
    {
        string[] told = [];
        await Eventually.TrueAsync(async () =>
        {
            var runs = (await host.JsonAsync("runs", "list")).GetProperty("runs").EnumerateArray().Select(run => run.GetProperty("runId").GetString()!).ToArray();
            var history = await host.RunAsync("sessions", "history", "main", "--json");
            told = history.ExitCode != ExitCodes.Ok ? []
                : [.. history.Json().GetProperty("messages").EnumerateArray().Where(message => message.GetProperty("role").GetString() == "system").Select(message => message.GetRawText())];
            return runs.All(run => told.Any(text => text.Contains($"Run {run} ", StringComparison.Ordinal)));
        }, "the ends of all runs");
        Assert.All(told.GroupBy(text => text.Split("Run ")[1].Split(' ')[0]), run => Assert.Single(run));
        return told;
    }
}
