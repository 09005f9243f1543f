using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;
using Netclaw.Actors.Agents;
using Netclaw.Actors.Agents.Tools;
using Netclaw.Daemon.Agents.Acp;
using Netclaw.Daemon.Tests.Gateway;
using Netclaw.Protocol;

namespace Netclaw.Daemon.Tests.Agents;

/// <summary>What a program that is an agent does with the server that it is told of: the real <c>netclaw mcp</c>, spoken to by another's client, on a daemon over its control socket.</summary>
public sealed class LentToolsTests : IAsyncLifetime
{
    private readonly ScriptedAgents _agents = new("main");
    private GatewayHost _host = null!;

    public async Task InitializeAsync() => _host = await GatewayHost.StartAsync(overrides: services => services.AddSingleton<IAgents>(_agents));

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task TheServer_ListsTheToolsThatModelsHave_AndCallsThem_WithTheRightsOfWhoeverAsked()
    {
        await using var peer = await Peer.OperatorAsync(_host, native: false, "operator.read", "operator.write");
        var turn = await AskedAsync(peer);
        using var loan = Lend(turn);
        await using var client = await ConnectAsync(loan);

        var tools = await client.ListToolsAsync().AsTask().WaitAsync(GatewayHost.Bound);
        Assert.Equal(
            turn.Turn.Tools.All.Select(tool => (tool.Name, tool.Purpose, tool.Parameters.GetRawText())),
            tools.Select(tool => (tool.Name, tool.Description, tool.JsonSchema.GetRawText())), JsonAlike);
        Assert.Equal(ToolNames.All, tools.Select(tool => tool.Name));

        var listed = await CallAsync(client, ToolNames.SessionsList);
        Assert.NotEqual(true, listed.IsError);
        Assert.Equal("agent:main:main", JsonElement.Parse(Text(listed)).GetProperty("sessions")[0].GetProperty("key").GetString());
        var history = await CallAsync(client, ToolNames.SessionsHistory, ("limit", 5));
        Assert.Contains("What is there?", Text(history), StringComparison.Ordinal);

        var beyond = await CallAsync(client, ToolNames.Cron, ("action", "add"), ("message", "tea"), ("everySeconds", 60));
        Assert.True(beyond.IsError);
        Assert.StartsWith("missing_scope: cron.add needs the scope operator.admin", Text(beyond), StringComparison.Ordinal);
        Assert.True((await CallAsync(client, "shell")).IsError);
    }

    [Theory]
    [InlineData("deny")]
    [InlineData("allow-once")]
    public async Task WhatRunsAProgram_WaitsForPeople(string decision)
    {
        await using var peer = await Peer.OperatorAsync(_host, native: true);
        var turn = await AskedAsync(peer);
        using var loan = Lend(turn);
        await using var client = await ConnectAsync(loan);

        var calling = CallAsync(client, ToolNames.NodeInvoke, ("nodeId", "attic"), ("command", "system.run"));
        var asked = await peer.HearsAsync("exec.approval.requested");
        await peer.GetAsync("exec.approval.resolve", new JsonObject { ["id"] = asked.GetProperty("id").GetString(), ["decision"] = decision });

        var answer = await calling;
        Assert.True(answer.IsError);
        Assert.Equal(decision == "deny", Text(answer).StartsWith("not approved", StringComparison.Ordinal)); // else there is no such node
    }

    [Fact]
    public async Task TheCredential_CallsNothingElse_AndNothingAtAllOnceTheTurnIsOver()
    {
        await using var peer = await Peer.OperatorAsync(_host, native: true);
        var turn = await AskedAsync(peer);
        var loan = Lend(turn);
        await using var client = await ConnectAsync(loan);
        await using (var direct = await OpenAsync(loan.Credential))
        {
            foreach (var method in (string[])["sessions.list", "chat.history", "node.list", "runs.spawn", "exec.approval.list"])
            {
                var refused = await direct.CallAsync(method, JsonElement.Parse("{}"), CancellationToken.None).WaitAsync(GatewayHost.Bound);
                Assert.Equal("missing_scope", refused.Error?.Code);
            }

            loan.Dispose();
            Assert.Equal("spawn_credential_expired", (await direct.Closed.WaitAsync(GatewayHost.Bound)).Error.Code);
        }

        // Its server has gone with it.
        await Assert.ThrowsAnyAsync<Exception>(() => CallAsync(client, ToolNames.SessionsList));
        Assert.Equal("spawn_credential_expired", (await Assert.ThrowsAsync<GatewayException>(() => OpenAsync(loan.Credential))).Error.Code);
        Assert.Equal("role_not_allowed", await peer.RefusedAsync("agent.tools.list", new JsonObject()));
        Assert.Equal("role_not_allowed", await peer.RefusedAsync("agent.tools.call", new JsonObject { ["tool"] = "sessions_list", ["arguments"] = new JsonObject() }));
    }

    [Fact]
    public async Task WithoutItsCredential_TheServerSaysWhoStartsIt()
    {
        using var person = new DeadEnds.Person();
        var said = await person.RunAsync("mcp");

        Assert.Equal("usage_error", said.Failure.Code);
        Assert.Contains("NETCLAW_TOKEN", said.Failure.Message, StringComparison.Ordinal);
    }

    private static IEqualityComparer<(string Name, string Purpose, string Schema)> JsonAlike { get; } = EqualityComparer<(string Name, string Purpose, string Schema)>.Create(
        (one, other) => one.Name == other.Name && one.Purpose == other.Purpose && JsonElement.DeepEquals(JsonElement.Parse(one.Schema), JsonElement.Parse(other.Schema)), each => each.Name.GetHashCode(StringComparison.Ordinal));

    private async Task<ScriptedTurn> AskedAsync(Peer peer)
    {
        await peer.GetAsync("chat.send", new JsonObject { ["sessionKey"] = "main", ["message"] = "What is there?", ["idempotencyKey"] = "r1" });
        return await _agents.NextAsync();
    }

    private ToolLoan Lend(ScriptedTurn turn) =>
        _host.Service<ToolLoans>().Lend(turn.Turn, turn.Turn.Tools.All, UserId.Current, out var problem) ?? throw new InvalidOperationException(problem);

    /// <summary>As an agent does it: the program, its arguments and its variables are those that it was told.</summary>
    private async Task<McpClient> ConnectAsync(ToolLoan loan)
    {
        var told = Assert.Single(ToolServer.Of(_host.Service<ToolLoans>(), $"unix:{_host.Home.ControlSocket}").For(loan))!;
        Assert.DoesNotContain(loan.Credential.Reveal(), told["args"]!.ToJsonString(), StringComparison.Ordinal);
        var transport = new StdioClientTransport(new StdioClientTransportOptions
        {
            Command = (string)told["command"]!, Arguments = [.. told["args"]!.AsArray().Select(argument => (string)argument!)],
            EnvironmentVariables = told["env"]!.AsArray().ToDictionary(variable => (string)variable!["name"]!, variable => (string?)variable!["value"]),
        });
        return await McpClient.CreateAsync(transport).WaitAsync(GatewayHost.Bound);
    }

    private async Task<GatewayConnection> OpenAsync(Secret credential)
    {
        var connection = await GatewayHost.OpenAsync(_host.Control);
        await connection.ConnectAsync(new ConnectRequest { Client = TestDevice.Client, Auth = new ConnectAuth { SpawnToken = credential } }, CancellationToken.None).WaitAsync(GatewayHost.Bound);
        return connection;
    }

    private static async Task<CallToolResult> CallAsync(McpClient client, string tool, params (string Name, object Value)[] arguments) =>
        await client.CallToolAsync(tool, arguments.ToDictionary(argument => argument.Name, argument => (object?)argument.Value)).AsTask().WaitAsync(GatewayHost.Bound);

    private static string Text(CallToolResult answer) => Assert.IsType<TextContentBlock>(Assert.Single(answer.Content)).Text;
}
