using System.Text.Json;
using System.Text.Json.Nodes;
using Netclaw.Daemon.Tests.Gateway;
using Netclaw.Testing;

namespace Netclaw.Daemon.Tests.Cron;

/// <summary>A model that calls the tool <c>cron</c>, in a real gateway.</summary>
public sealed class CronToolTests : IAsyncLifetime
{
    private LocalModel _model = null!;
    private GatewayHost _host = null!;
    private Peer _owner = null!;
    private int _asked;

    public async Task InitializeAsync()
    {
        _model = await LocalModel.StartAsync();
        _host = await GatewayHost.StartAsync($$"""{ "agents": { "main": {{_model.Entry()}} } }""");
        _owner = await Peer.OperatorAsync(_host, native: true);
    }

    public async Task DisposeAsync()
    {
        await _owner.DisposeAsync();
        await _host.DisposeAsync();
        await _model.DisposeAsync();
    }

    [Fact]
    public async Task AnAgent_AddsAReminderInItsConversation_ListsIt_AndRemovesItAgain()
    {
        await UseAsync("""{"action":"add","message":"tea","everySeconds":3600}""");
        var job = Assert.Single((await _owner.GetAsync("cron.list")).GetProperty("jobs").EnumerateArray());
        Assert.Equal(("tea", "session:agent:main:main"), (job.GetProperty("payload").GetProperty("text").GetString(), job.GetProperty("sessionTarget").GetString()));
        Assert.StartsWith("control:uid=", job.GetProperty("netclaw").GetProperty("owner").GetString(), StringComparison.Ordinal);

        var id = job.GetProperty("id").GetString()!;
        Assert.Contains(id, await UseAsync("""{"action":"list"}"""), StringComparison.Ordinal);
        await UseAsync($$"""{"action":"remove","id":"{{id}}"}""");
        Assert.Empty((await _owner.GetAsync("cron.list")).GetProperty("jobs").EnumerateArray());
    }

    [Fact]
    public async Task AJobThatTheOwnerMade_IsNotTheAgentsToRemove()
    {
        var id = (await _owner.GetAsync("cron.add", CronHost.Job("""{"kind":"every","everyMs":3600000}""", """{"kind":"systemEvent","text":"tea"}"""))).GetProperty("id").GetString()!;

        Assert.Contains("not added here", await UseAsync($$"""{"action":"remove","id":"{{id}}"}"""), StringComparison.Ordinal);
        Assert.Single((await _owner.GetAsync("cron.list")).GetProperty("jobs").EnumerateArray());
    }

    [Fact]
    public async Task AZoneWithoutAnExpression_IsSaidToTheModel_AndNotDropped()
    {
        Assert.Contains("timeZone goes with cron alone", await UseAsync("""{"action":"add","message":"tea","at":"2999-01-31T09:00:00Z","timeZone":"America/New_York"}"""), StringComparison.Ordinal);
        Assert.Empty((await _owner.GetAsync("cron.list")).GetProperty("jobs").EnumerateArray());
    }

    [Fact]
    public async Task AMalformedSchedule_IsSaidToTheModel()
    {
        Assert.Contains("cron_schedule_invalid", await UseAsync("""{"action":"add","message":"tea","cron":"61 * * * *"}"""), StringComparison.Ordinal);
        Assert.Empty((await _owner.GetAsync("cron.list")).GetProperty("jobs").EnumerateArray());
    }

    [Fact]
    public async Task TheAgentOfARun_AddsNoJob()
    {
        _model.Answers(Calls("""{"action":"add","message":"tea","everySeconds":3600}"""), Replies.Says("done"));
        var spawned = await _owner.GetAsync("runs.spawn", new JsonObject { ["runtime"] = "subagent", ["task"] = "remind", ["scopes"] = new JsonArray("operator.admin") });
        await _owner.GetAsync("runs.wait", new JsonObject { ["runId"] = spawned.GetProperty("runId").GetString() });

        Assert.Contains("cron_not_for_runs", _model.Requests[^1].LastOf("tool"), StringComparison.Ordinal);
        Assert.Empty((await _owner.GetAsync("cron.list")).GetProperty("jobs").EnumerateArray());
    }

    /// <summary>One prompt that the model answers with a call of the tool.</summary>
    /// <returns>What the model was told of it.</returns>
    private async Task<string> UseAsync(string arguments)
    {
        var run = $"r{++_asked}";
        _model.Answers(Calls(arguments), Replies.Says("done"));
        await _owner.GetAsync("chat.send", new JsonObject { ["sessionKey"] = "main", ["message"] = "go on", ["idempotencyKey"] = run });
        var ended = await _owner.GetAsync("agent.wait", new JsonObject { ["runId"] = run, ["timeoutMs"] = 20_000 });
        Assert.Equal("ok", ended.GetProperty("status").GetString());
        return _model.Requests[^1].LastOf("tool");
    }

    private ModelAnswer Calls(string arguments) => Replies.Calls(($"call-{_asked}", "cron", arguments));
}
