using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Netclaw.Actors.Agents;
using Netclaw.Daemon.Tests.Gateway;
using Netclaw.Protocol;

namespace Netclaw.Daemon.Tests.Spawning;

public sealed class DefaultAgentTests
{
    [Fact]
    public async Task ATask_ThatNamesNoAgent_IsTheFirstConfiguredOnes_WhateverItIsCalled()
    {
        var agents = new ScriptedAgents("bob");
        await using var host = await GatewayHost.StartAsync("{}", services => services.AddSingleton<IAgents>(agents));
        await using var peer = await Peer.OperatorAsync(host, native: true);

        var spawned = await peer.GetAsync(RunsSpawnParams.Method, new JsonObject { ["runtime"] = RunsSpawnParams.Subagent, ["task"] = "count" });

        Assert.StartsWith("agent:bob:subagent:", spawned.GetProperty("childSessionKey").GetString(), StringComparison.Ordinal);
        Assert.Equal("bob", (await agents.NextAsync()).Turn.Agent);
    }
}
