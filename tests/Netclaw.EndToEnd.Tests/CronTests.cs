using System.Text.Json;
using Netclaw.EndToEnd.Tests.Machines;
using Netclaw.Protocol;

namespace Netclaw.EndToEnd.Tests;

/// <summary>Scheduled jobs with the real programs: added on the command line, run by the daemon, also across its death.</summary>
public sealed class CronTests
{
    private const string Main = "agent:main:main";

    [Fact]
    public async Task AJob_IsAdded_Runs_IsShown_AndIsRemoved()
    {
        await using var host = new Machine();
        await host.UpAsync();
        var added = await AddAsync(host, "--every", "1s", "--name", "count", "--", "/bin/sh", "-c", "echo one more");
        var id = added.GetProperty("id").GetString()!;
        Assert.Equal(3, added.GetProperty("netclaw").GetProperty("nextRunsAtMs").GetArrayLength());

        await Eventually.TrueAsync(async () => (await RunsAsync(host, id)).Length >= 2, "two runs");
        Assert.All(await RunsAsync(host, id), run => Assert.Equal(("ok", "one more"), (run.GetProperty("status").GetString(), run.GetProperty("summary").GetString()!.Trim())));
        Assert.False((await host.JsonAsync("cron", "disable", "count")).GetProperty("enabled").GetBoolean());
        Assert.Contains("disabled", (await host.RunAsync("cron", "show", id)).Expect(ExitCodes.Ok).Out, StringComparison.Ordinal);
        Assert.True((await host.JsonAsync("cron", "remove", id)).GetProperty("removed").GetBoolean());
        Assert.Equal("cron_job_not_found", (await host.RunAsync("cron", "show", id, "--json")).Expect(ExitCodes.Usage).Code());
    }

    [Fact]
    public async Task AReminder_ArrivesOnce_InTheConversation_ThoughTheDaemonWasKilledBeforeItsTime()
    {
        await using var host = new Machine();
        await host.UpAsync();
        await AddAsync(host, "--at", "3s", "--remind", "tea is ready");

        await host.KillAndRestartAsync();

        await Eventually.TrueAsync(async () => await SaidAsync(host) > 0, "the reminder");
        await host.KillAndRestartAsync();
        Assert.Equal(1, await SaidAsync(host));

        // The kill may have come between the reminder and the end of its run: then it is taken up again, said under its own name, and ends a little later.
        await Eventually.TrueAsync(async () => (await host.JsonAsync("cron", "runs")).GetProperty("total").GetInt32() > 0, "the run's end");
        var run = Assert.Single((await host.JsonAsync("cron", "runs")).GetProperty("entries").EnumerateArray());
        Assert.Equal("succeeded", run.GetProperty("completionStatus").GetString());
        Assert.Equal(1, await SaidAsync(host));
    }

    [Fact]
    public async Task ARunThatAKillCutOff_IsLost_AndIsNotBegunAgain()
    {
        await using var host = new Machine();
        await host.UpAsync();
        var traces = Path.Combine(host.Root, "traces");
        var id = (await AddAsync(host, "--at", "1h", "--", "/bin/sh", "-c", $"echo begun >> {traces}; sleep 120")).GetProperty("id").GetString()!;
        await host.JsonAsync("cron", "run", id);
        await Eventually.TrueAsync(() => Task.FromResult(File.Exists(traces) && File.ReadAllText(traces).Length > 0), "the run's trace");

        await host.KillAndRestartAsync();

        await Eventually.TrueAsync(async () => (await RunsAsync(host, id)).Length == 1, "the lost run's entry");
        Assert.Equal("unknown", (await RunsAsync(host, id))[0].GetProperty("completionStatus").GetString());
        Assert.Equal("begun\n", await File.ReadAllTextAsync(traces));
    }

    [Fact]
    public async Task ANameOfTwoJobs_IsNotGuessed_AndTheirIdsAreShown()
    {
        await using var host = new Machine();
        await host.UpAsync();
        string[] ids =
        [
            (await AddAsync(host, "--at", "1h", "--name", "tea", "--remind", "green")).GetProperty("id").GetString()!,
            (await AddAsync(host, "--at", "2h", "--name", "tea", "--remind", "black")).GetProperty("id").GetString()!,
        ];

        foreach (var verb in (string[])["show", "run", "runs", "disable", "enable", "remove"])
        {
            var refused = (await host.RunAsync("cron", verb, "tea", "--json")).Expect(ExitCodes.Usage);
            Assert.Equal("ambiguous_name", refused.Code());
            Assert.All(ids, id => Assert.Contains($"{id} (tea)", refused.Error, StringComparison.Ordinal));
        }

        Assert.Equal(2, (await host.JsonAsync("cron", "list")).GetProperty("total").GetInt32());
        (await host.RunAsync("cron", "remove", ids[1])).Expect(ExitCodes.Ok);
        Assert.Equal(ids[0], (await host.JsonAsync("cron", "show", "tea")).GetProperty("job").GetProperty("id").GetString());
    }

    /// <summary>What comes after -- is the program's.</summary>
    private static async Task<JsonElement> AddAsync(Machine host, params string[] arguments) => (await host.RunAsync(["cron", "add", "--json", .. arguments])).Expect(ExitCodes.Ok).Json();

    private static async Task<JsonElement[]> RunsAsync(Machine host, string id) => [.. (await host.JsonAsync("cron", "runs", id)).GetProperty("entries").EnumerateArray()];

    private static async Task<int> SaidAsync(Machine host)
    {
        var history = await host.RunAsync("sessions", "history", Main, "--json");
        return history.ExitCode == ExitCodes.Ok ? history.Json().GetProperty("messages").EnumerateArray().Count(message => message.GetRawText().Contains("tea is ready", StringComparison.Ordinal)) : 0;
    }
}
