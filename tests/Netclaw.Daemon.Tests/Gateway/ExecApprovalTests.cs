using System.Text.Json;
using System.Text.Json.Nodes;
using Netclaw.Protocol;

namespace Netclaw.Daemon.Tests.Gateway;

/// <summary>What nodes and operators ask to be allowed, over real sockets, each side by either transport.</summary>
public sealed class ExecApprovalTests : IAsyncLifetime
{
    private GatewayHost _host = null!;

    public static TheoryData<bool, bool> Ways => new() { { false, false }, { false, true }, { true, false }, { true, true } };

    public async Task InitializeAsync() => _host = await GatewayHost.StartAsync();

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task ANode_Asks_AnOperatorSeesExactlyWhatWouldRun_AndDecides(bool nativeOperator, bool nativeNode)
    {
        await using var node = await LendingAsync(nativeNode);
        await using var person = await Peer.OperatorAsync(_host, nativeOperator);

        await node.StartAsync("q", "exec.approval.request", Asked("/bin/sh", "-c", "echo hello\nrm -r \u202e/"));
        var requested = await person.HearsAsync("exec.approval.requested");
        var shown = requested.GetProperty("request");
        Assert.Equal(("/bin/sh -c \"echo hello\\u{a}rm -r \\u{202e}/\"", "node", node.NodeId, "/srv", "/usr/bin/dash"),
            (Text(shown, "command"), Text(shown, "host"), Text(shown, "nodeId"), Text(shown, "cwd"), Text(shown, "resolvedPath")));
        Assert.Equal(["/bin/sh", "-c", "echo hello\nrm -r \u202e/"], shown.GetProperty("commandArgv").EnumerateArray().Select(word => word.GetString()));
        Assert.Equal(["allow-once", "allow-always", "deny"], shown.GetProperty("allowedDecisions").EnumerateArray().Select(word => word.GetString()));
        Assert.Equal("COLOUR", Assert.Single(shown.GetProperty("envKeys").EnumerateArray()).GetString());
        Assert.NotEqual("", Text(shown, "nodeName"));
        Assert.DoesNotContain("hidden", requested.GetRawText(), StringComparison.Ordinal);
        Assert.Equal(120_000, requested.GetProperty("expiresAtMs").GetInt64() - requested.GetProperty("createdAtMs").GetInt64());
        Assert.True(JsonElement.DeepEquals(requested, Assert.Single((await person.GetAsync("exec.approval.list")).EnumerateArray())));
        Assert.Equal(Text(shown, "command"), Text(await person.GetAsync("exec.approval.get", Named(requested)), "commandText"));

        await person.StartAsync("d", "exec.approval.resolve", Decided(requested, "allow-once"));
        var resolved = await person.HearsAsync("exec.approval.resolved");
        var taken = Peer.Payload(await person.EndAsync("d"));
        Assert.Equal((true, "allow-once"), (taken.GetProperty("ok").GetBoolean(), Text(taken, "decision")));

        var told = Peer.Payload(await node.EndAsync("q"));
        Assert.Equal((Text(requested, "id"), "allow-once", "user"), (Text(told, "id"), Text(told, "decision"), Text(told, "reason")));
        Assert.Equal((Text(requested, "id"), "allow-once", Text(told, "resolvedBy")), (Text(resolved, "id"), Text(resolved, "decision"), Text(resolved, "resolvedBy")));
        var late = (await person.CallAsync("exec.approval.resolve", Decided(requested, "deny"))).GetProperty("error");
        Assert.Equal(nativeOperator ? "approval_not_found" : "APPROVAL_NOT_FOUND", Text(late, "code"));
        Assert.Empty((await person.GetAsync("exec.approval.list")).EnumerateArray());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task ANode_TakesItBack_AndCanDoNothingElse(bool native)
    {
        await using var node = await LendingAsync(native);
        await using var other = await LendingAsync(!native);
        await using var person = await Peer.OperatorAsync(_host, native: false);
        var asked = Asked("/bin/true");
        asked["twoPhase"] = true;
        var begun = await node.GetAsync("exec.approval.request", asked);
        Assert.Equal("accepted", Text(begun, "status"));
        Assert.False(begun.TryGetProperty("decision", out _));
        await node.StartAsync("w", "exec.approval.waitDecision", Named(begun));

        Assert.Equal("approval_own", await node.RefusedAsync("exec.approval.resolve", Decided(begun, "allow-once")));
        Assert.Equal("approval_not_found", await other.RefusedAsync("exec.approval.resolve", Decided(begun, "deny")));
        Assert.Equal("approval_not_found", await other.RefusedAsync("exec.approval.waitDecision", Named(begun)));
        Assert.Equal("role_not_allowed", await node.RefusedAsync("exec.approval.list", new JsonObject()));
        Assert.Equal("role_not_allowed", await node.RefusedAsync("exec.approval.get", Named(begun)));
        var others = Asked("/bin/true");
        others["nodeId"] = other.NodeId;
        Assert.Equal("invalid_request", await node.RefusedAsync("exec.approval.request", others));
        Assert.Equal("invalid_request", await node.RefusedAsync("exec.approval.request", new JsonObject { ["command"] = "a line" }));

        await node.StartAsync("d", "exec.approval.resolve", Decided(begun, "deny"));
        Assert.Equal(("deny", "withdrawn"), (Text(Peer.Payload(await node.EndAsync("w")), "decision"), Text(await person.HearsAsync("exec.approval.resolved"), "reason")));
        Assert.Equal("deny", Text(Peer.Payload(await node.EndAsync("d")), "decision"));
    }

    [Fact]
    public async Task OnlyWhoeverHoldsTheScope_HearsOfIt_AndDecides()
    {
        await using var node = await LendingAsync(native: true);
        await using var person = await Peer.OperatorAsync(_host, native: false, "operator.approvals");
        await using var writer = await Peer.OperatorAsync(_host, native: false, "operator.read", "operator.write", "operator.pairing");
        await node.StartAsync("q", "exec.approval.request", Asked("/bin/true"));
        var requested = await person.HearsAsync("exec.approval.requested");

        foreach (var (method, parameters) in new[]
        {
            ("exec.approval.list", new JsonObject()), ("exec.approval.get", Named(requested)), ("exec.approval.waitDecision", Named(requested)), ("exec.approval.resolve", Decided(requested, "allow-once")),
            ("exec.approval.request", Asked("/bin/true")),
        })
        {
            Assert.Equal("missing_scope", await writer.RefusedAsync(method, parameters));
        }

        await person.StartAsync("d", "exec.approval.resolve", Decided(requested, "deny"));
        Assert.Equal(("deny", "user"), (Text(Peer.Payload(await node.EndAsync("q")), "decision"), Text(await person.HearsAsync("exec.approval.resolved"), "reason")));
        Assert.Equal("deny", Text(Peer.Payload(await person.EndAsync("d")), "decision"));
    }

    [Fact]
    public async Task ANodeThatNobodyHasApproved_AsksNobody()
    {
        await using var node = await Peer.NodeAsync(_host, native: true, Peer.KeyOf(true), "system.run");
        await using var person = await Peer.OperatorAsync(_host, native: true);

        Assert.Equal("node_not_approved", await node.RefusedAsync("exec.approval.request", Asked("/bin/true")));
        Assert.Empty((await person.GetAsync("exec.approval.list")).EnumerateArray());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task WithNobodyThere_TimeDenies(bool native)
    {
        await using var node = await LendingAsync(native);
        var asked = Asked("/bin/true");
        asked["timeoutMs"] = 50;

        var told = await node.GetAsync("exec.approval.request", asked);

        Assert.Equal(("deny", "timeout"), (Text(told, "decision"), Text(told, "reason")));
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public async Task ANodeThatGoes_TakesItsQuestionsWithIt(bool native, bool twoPhase)
    {
        var node = await LendingAsync(native);
        await using var person = await Peer.OperatorAsync(_host, native: false);
        var asked = Asked("/bin/true");
        asked["twoPhase"] = twoPhase;
        await node.StartAsync("q", "exec.approval.request", asked);
        var requested = await person.HearsAsync("exec.approval.requested");

        await node.DisposeAsync();

        var resolved = await person.HearsAsync("exec.approval.resolved");
        Assert.Equal((Text(requested, "id"), "deny", "withdrawn"), (Text(resolved, "id"), Text(resolved, "decision"), Text(resolved, "reason")));
        Assert.Equal("approval_not_found", await person.RefusedAsync("exec.approval.resolve", Decided(requested, "allow-once")));
    }

    [Fact]
    public async Task ARestart_AllowsNothing_AndAsksNothing()
    {
        JsonElement begun;
        await using (var node = await LendingAsync(native: true))
        {
            var asked = Asked("/bin/true");
            asked["twoPhase"] = true;
            begun = await node.GetAsync("exec.approval.request", asked);
            _host = await _host.RestartAsync();
        }

        await using var person = await Peer.OperatorAsync(_host, native: true);
        Assert.Empty((await person.GetAsync("exec.approval.list")).EnumerateArray());
        Assert.Equal("approval_not_found", await person.RefusedAsync("exec.approval.resolve", Decided(begun, "allow-once")));
        Assert.Equal("approval_not_found", await person.RefusedAsync("exec.approval.waitDecision", Named(begun)));
    }

    [Fact]
    public async Task AnOperatorAsks_AsClientsOfTheProtocolDo_AndAnotherDecides()
    {
        await using var asker = await Peer.OperatorAsync(_host, native: false);
        await using var person = await Peer.OperatorAsync(_host, native: false);
        await asker.StartAsync("q", "exec.approval.request", new JsonObject
        {
            ["id"] = "9b1f7c1e-0000-4000-8000-000000000000", ["command"] = "git status", ["host"] = "node", ["nodeId"] = "den", ["security"] = "allowlist", ["ask"] = "on-miss", ["turnSourceThreadId"] = 7,
            ["systemRunPlan"] = new JsonObject { ["argv"] = new JsonArray("git", "status"), ["cwd"] = "/srv", ["commandText"] = "git status", ["agentId"] = "main", ["sessionKey"] = "agent:main:main" },
            ["cwd"] = null, ["agentId"] = null,
        });
        var requested = await person.HearsAsync("exec.approval.requested");
        var shown = requested.GetProperty("request");
        Assert.Equal(("git status", "den", "/srv", "main", "agent:main:main"), (Text(shown, "command"), Text(shown, "nodeId"), Text(shown, "cwd"), Text(shown, "agentId"), Text(shown, "sessionKey")));

        Assert.Equal("approval_own", await asker.RefusedAsync("exec.approval.resolve", Decided(requested, "allow-once")));
        await person.GetAsync("exec.approval.resolve", Decided(requested, "allow-always"));
        Assert.Equal("allow-always", Text(Peer.Payload(await asker.EndAsync("q")), "decision"));
    }

    private async Task<Peer> LendingAsync(bool native)
    {
        var node = await Peer.NodeAsync(_host, native, Peer.KeyOf(native), "system.run");
        await Peer.ApproveAsync(_host, node.NodeId);
        return node;
    }

    private static JsonObject Asked(params string[] command) => new()
    {
        ["commandArgv"] = new JsonArray([.. command.Select(word => JsonValue.Create(word))]), ["cwd"] = "/srv", ["resolvedPath"] = "/usr/bin/dash", ["env"] = new JsonObject { ["COLOUR"] = "hidden" },
    };

    private static JsonObject Named(JsonElement asked) => new() { ["id"] = Text(asked, "id") };

    private static JsonObject Decided(JsonElement asked, string decision) => new() { ["id"] = Text(asked, "id"), ["decision"] = decision };

    private static string Text(JsonElement from, string member) => from.GetProperty(member).GetString()!;
}
