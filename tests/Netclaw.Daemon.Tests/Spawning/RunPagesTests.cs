using System.Text.Json;
using System.Text.Json.Nodes;
using Netclaw.Daemon.Tests.DeadEnds;
using Netclaw.Daemon.Tests.Gateway;
using Netclaw.Protocol;

namespace Netclaw.Daemon.Tests.Spawning;

/// <summary>More runs than one page of <c>runs.list</c> holds. One of them runs, the others wait for its place.</summary>
public sealed class RunPagesTests : IAsyncLifetime
{
    private const int Others = RunsListParams.Most + 10;

    private GatewayHost _host = null!;
    private Peer _peer = null!;

    public async Task InitializeAsync()
    {
        _host = await GatewayHost.StartAsync("""{"spawn":{"total":1,"queue":1024}}""");
        _peer = await Peer.OperatorAsync(_host, native: true);
        await SpawnAsync("oldest");
        await SpawnAsync("second");
        for (var i = 0; i < Others; i++)
        {
            await SpawnAsync($"run {i}");
        }
    }

    public async Task DisposeAsync()
    {
        await _peer.DisposeAsync();
        await _host.DisposeAsync();
    }

    [Fact]
    public async Task Pages_FollowEachOther_WithoutGapOrRepeat()
    {
        var first = await ListAsync(new JsonObject { ["limit"] = RunsListParams.Most });
        var second = await ListAsync(new JsonObject { ["limit"] = RunsListParams.Most, ["offset"] = first.NextOffset });

        Assert.Equal((Others + 2, Others + 2, RunsListParams.Most, (int?)null), (first.Total, second.Total, first.NextOffset, second.NextOffset));
        Assert.Equal(
            [.. Enumerable.Range(0, Others).Reverse().Select(i => $"run {i}"), "second", "oldest"],
            first.Runs.Concat(second.Runs).Select(run => run.Label));
        Assert.Empty((await ListAsync(new JsonObject { ["offset"] = 5000 })).Runs);
        Assert.Equal("invalid_request", await _peer.RefusedAsync(RunsListParams.Method, new JsonObject { ["offset"] = -1 }));
    }

    [Fact]
    public async Task ARunBeyondTheFirstPage_IsFoundByItsLabel_AndOneOfTwoIsNotGuessed()
    {
        using var person = new Person(_host.Home);

        Assert.Equal(("oldest", "running"), Shown((await person.RunAsync("runs", "show", "oldest")).Expect().Json));
        var ended = Assert.Single((await person.RunAsync("runs", "cancel", "second")).Expect().Json.GetProperty("cancelled").EnumerateArray()).GetString()!;
        Assert.Equal(("second", "cancelled"), Shown((await person.RunAsync("runs", "show", ended)).Expect().Json));

        await SpawnAsync("oldest");
        var refused = await person.RunAsync("runs", "cancel", "oldest");
        Assert.Equal("ambiguous_name", refused.Failure.Code);
        Assert.Equal("unknown_run", (await person.RunAsync("runs", "show", "nobody")).Failure.Code);
        var rest = (await person.RunAsync("runs", "list", "--offset", $"{RunsListParams.Most}")).Expect().Json.GetProperty("runs").EnumerateArray().ToArray();
        Assert.Equal((Others + 3 - RunsListParams.Most, "oldest"), (rest.Length, rest[^1].GetProperty("label").GetString()));
    }

    private Task SpawnAsync(string label) => _peer.GetAsync(
        RunsSpawnParams.Method, new JsonObject { ["runtime"] = "command", ["argv"] = new JsonArray("sleep", "600"), ["label"] = label });

    private async Task<RunsListResult> ListAsync(JsonObject wanted) => (await _peer.GetAsync(RunsListParams.Method, wanted)).Deserialize(ProtocolJson.Default.RunsListResult)!;

    private static (string?, string?) Shown(JsonElement run) => (run.GetProperty("label").GetString(), run.GetProperty("status").GetString());
}
