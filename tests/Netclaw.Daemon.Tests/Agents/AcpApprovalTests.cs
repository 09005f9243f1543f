using System.Text.Json;
using System.Text.Json.Nodes;
using Netclaw.Daemon.Tests.Gateway;

namespace Netclaw.Daemon.Tests.Agents;

/// <summary>An agent that is a program asks whether it may, on a whole gateway: people are asked, and what they say is what it hears.</summary>
public sealed class AcpApprovalTests
{
    [Theory]
    [InlineData("deny", "n")]
    [InlineData("allow-once", "y")]
    public async Task WhatItAsks_IsAskedOfPeople_AndTheirAnswerIsWhatItHears(string decision, string option)
    {
        using var scene = new AcpScene();
        var agent = scene.Agent(
        [
            AcpScene.Hello, AcpScene.Opens,
            AcpScene.Requests("session/request_permission", """
                {"sessionId":"s-1","toolCall":{"toolCallId":"t1","title":"rm notes.md"},"options":[{"optionId":"y","name":"Yes","kind":"allow_once"},{"optionId":"n","name":"No","kind":"reject_once"}]}
                """.Trim()),
            AcpScene.Ends(),
        ]);
        var entry = JsonSerializer.Serialize(new { runtime = "acp", command = agent.Program.Command.ToArray(), cwd = scene.Place });
        await using var host = await GatewayHost.StartAsync($$"""{"agents":{"bob":{{entry}} } }""");
        await using var peer = await Peer.OperatorAsync(host, native: true);

        var run = await peer.GetAsync("chat.send", new JsonObject { ["sessionKey"] = "agent:bob:main", ["message"] = "Tidy up.", ["idempotencyKey"] = "r1" });
        var asked = await peer.HearsAsync("exec.approval.requested");
        Assert.Contains("rm notes.md", asked.GetRawText(), StringComparison.Ordinal);
        await peer.GetAsync("exec.approval.resolve", new JsonObject { ["id"] = asked.GetProperty("id").GetString(), ["decision"] = decision });

        Assert.Equal("ok", (await peer.GetAsync("agent.wait", new JsonObject { ["runId"] = run.GetProperty("runId").GetString() })).GetProperty("status").GetString());
        Assert.Equal(option, (string)JsonNode.Parse(Assert.Single(scene.Answers))!["result"]!["outcome"]!["optionId"]!);
    }
}
