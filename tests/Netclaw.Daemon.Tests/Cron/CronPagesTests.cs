using System.Text.Json.Nodes;
using Netclaw.Daemon.Tests.DeadEnds;
using Netclaw.Daemon.Tests.Gateway;
using Netclaw.Protocol;

namespace Netclaw.Daemon.Tests.Cron;

/// <summary><c>netclaw cron …</c> by a name that more jobs have in theirs than one page holds.</summary>
public sealed class CronPagesTests(CronHost host) : IClassFixture<CronHost>
{
    [Fact]
    public async Task AJobBeyondTheFirstPage_IsFoundByItsName_AndOneOfTwoOnTwoPagesIsNotGuessed()
    {
        using var person = new Person(host.Gateway.Home);
        await using var peer = await Peer.OperatorAsync(host.Gateway, native: true);
        var before = new List<string>();
        for (var i = 0; i < CronListParams.Most; i++)
        {
            before.Add(await AddAsync(peer, $"a tea {i}")); // sorts before "tea"
        }

        var meant = await AddAsync(peer, "tea");

        Assert.Equal(meant, (await person.RunAsync("cron", "show", "tea")).Expect().Json.GetProperty("job").GetProperty("id").GetString());
        Assert.False((await person.RunAsync("cron", "disable", "tea")).Expect().Json.GetProperty("enabled").GetBoolean());

        // One of this name ends the first page, the other begins the second.
        await peer.GetAsync("cron.remove", CronHost.Named(before[0]));
        var other = await AddAsync(peer, "tea");
        var refused = await person.RunAsync("cron", "remove", "tea");
        Assert.Equal("ambiguous_name", refused.Failure.Code);
        Assert.All([meant, other], id => Assert.Contains($"{id} (tea)", refused.Failure.Message, StringComparison.Ordinal));
        Assert.Equal(CronListParams.Most + 1, (await peer.GetAsync("cron.list", new JsonObject { ["includeDisabled"] = true })).GetProperty("total").GetInt32());
        Assert.Equal("cron_job_not_found", (await person.RunAsync("cron", "show", "a te")).Failure.Code); // a part of a name is none; with its space it begins no id
    }

    private static async Task<string> AddAsync(Peer peer, string name)
    {
        var job = CronHost.Job("""{"kind":"cron","expr":"0 9 1 1 *","tz":"Europe/Berlin"}""", """{"kind":"systemEvent","text":"tea is ready"}""");
        job["name"] = name;
        return (await peer.GetAsync("cron.add", job)).GetProperty("id").GetString()!;
    }
}
