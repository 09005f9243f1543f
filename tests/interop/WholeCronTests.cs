using System.Text.Json;
using Netclaw.EndToEnd.Tests.Machines;

namespace Netclaw.Interop.Tests;

/// <summary>The released command line adds jobs to this gateway, and reads what became of them.</summary>
public sealed class WholeCronTests
{
    [WithWholeClientFact]
    public async Task Jobs_AreAdded_Listed_Run_AndRemoved()
    {
        await using var host = new Machine();
        var url = (await host.UpAsync()).Replace("http://", "ws://", StringComparison.Ordinal);
        var token = (await File.ReadAllTextAsync(Path.Combine(host.Home.Root, "keys", "gateway.token"))).Trim();
        string[] there = ["--url", url, "--token", token];
        var client = new WholeClient(host, "client");

        await client.RunAsync(["cron", "add", "--name", "tea", "--every", "1h", "--session", "main", "--system-event", "tea is ready", .. there]);
        var id = (await host.JsonAsync("cron", "list")).GetProperty("jobs")[0].GetProperty("id").GetString()!;
        Assert.Contains("tea", await client.RunAsync(["cron", "list", .. there]), StringComparison.Ordinal);

        await client.RunAsync(["cron", "run", id, .. there]);
        await Eventually.TrueAsync(async () => (await host.JsonAsync("cron", "runs", id)).GetProperty("total").GetInt32() == 1, "the run's end");
        var run = (await host.JsonAsync("cron", "runs", id)).GetProperty("entries")[0];
        var seen = JsonElement.Parse(await client.RunAsync(["cron", "runs", "--id", id, .. there])).GetProperty("entries")[0];
        Assert.Equal((id, "ok"), (seen.GetProperty("jobId").GetString(), seen.GetProperty("status").GetString()));
        Assert.Equal(run.GetProperty("runId").GetString(), seen.GetProperty("runId").GetString());

        await client.RunAsync(["cron", "rm", id, .. there]);
        Assert.Equal(0, (await host.JsonAsync("cron", "list", "--all")).GetProperty("total").GetInt32());
        await host.JsonAsync("down");
    }

    [WithReferenceClientFact]
    public async Task ResultsAndEvents_AreOfThePublishedSchema()
    {
        var schema = new Schema();
        await using var host = new Machine();
        var url = await host.UpAsync();
        var token = (await File.ReadAllTextAsync(Path.Combine(host.Home.Root, "keys", "gateway.token"))).Trim();
        (await host.RunAsync("cron", "add", "--cron", "0 9 * * *", "--tz", "Europe/Berlin", "--name", "tidy", "--catch-up", "skip", "--", "/bin/true")).Expect(Netclaw.Protocol.ExitCodes.Ok);
        var id = (await host.JsonAsync("cron", "list")).GetProperty("jobs")[0].GetProperty("id").GetString()!;
        await host.JsonAsync("cron", "run", id);
        await Eventually.TrueAsync(async () => (await host.JsonAsync("cron", "runs", id)).GetProperty("total").GetInt32() == 1, "the run's end");
        using var owner = ReferenceClient.Operator(url, withIdentity: false, "operator.read", "operator.admin");

        var answers = owner.Start(token, calls: [("cron.get", new() { ["id"] = id }), ("cron.list", new()), ("cron.runs", new() { ["id"] = id })]);
        schema.Holds("CronJob", await answers.ResultAsync());
        var page = await answers.ResultAsync();
        schema.Holds("CronJob", page.GetProperty("jobs")[0]);
        Assert.Equal(JsonValueKind.Null, page.GetProperty("nextOffset").ValueKind);
        schema.Holds("CronRunLogEntry", (await answers.ResultAsync()).GetProperty("entries")[0]);
        await host.JsonAsync("down");
    }
}
