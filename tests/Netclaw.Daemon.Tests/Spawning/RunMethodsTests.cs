using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Netclaw.Daemon.Tests.Agents;
using Netclaw.Daemon.Tests.Gateway;
using Netclaw.Protocol;

namespace Netclaw.Daemon.Tests.Spawning;

/// <summary><c>runs.*</c> over real sockets, with real programs: who waits, who goes first, what ends them.</summary>
public sealed class RunMethodsTests
{
    [Fact]
    public async Task WhatHasNoRoom_Waits_ItsPlaceIsSeen_AndItBeginsInOrder()
    {
        await using var host = await GatewayHost.StartAsync("""{"spawn":{"total":1}}""");
        await using var peer = await Peer.OperatorAsync(host, native: true);
        var first = await SpawnAsync(peer, "sleep", "600");
        var second = await SpawnAsync(peer, "sleep", "601");
        var third = await SpawnAsync(peer, "true");

        Assert.Equal([0, 1, 2], new[] { first, second, third }.Select(spawned => spawned.GetProperty("position").GetInt32()));
        Assert.Equal(("queued", 2), Shown(await GetAsync(peer, third)));
        Assert.Equal(("queued", 2), Shown(await ChangedAsync(peer, third)));
        await CancelAsync(peer, first);
        Assert.Equal(("running", null), Shown(await ChangedAsync(peer, second)));
        Assert.Equal(("queued", 1), Shown(await GetAsync(peer, third)));
        await CancelAsync(peer, second);
        Assert.Equal("done", (await AgentHouse.OverAsync(peer, Text(third))).Status);
    }

    [Fact]
    public async Task OneFamily_IsHeldToItsLimit_AndDoesNotHoldUpOthers()
    {
        await using var host = await GatewayHost.StartAsync("""{"spawn":{"perParent":1}}""");
        await using var peer = await Peer.OperatorAsync(host, native: true);
        await SpawnForAsync(peer, "agent:main:main", "sleep", "600");
        var waiting = await SpawnForAsync(peer, "agent:main:main", "sleep", "600");
        var other = await SpawnForAsync(peer, "agent:main:other", "true");

        Assert.Equal((1, 0), (waiting.GetProperty("position").GetInt32(), other.GetProperty("position").GetInt32()));
        Assert.Equal("done", (await AgentHouse.OverAsync(peer, Text(other))).Status);
    }

    [Fact]
    public async Task ItsTimeOver_AProgramIsEnded_WithAllThatItStarted_AlsoOneThatIgnoresTheFirstSignal()
    {
        await using var host = await GatewayHost.StartAsync();
        await using var peer = await Peer.OperatorAsync(host, native: true);
        var spawned = await peer.GetAsync(RunsSpawnParams.Method, new JsonObject
        {
            ["runtime"] = "command", ["argv"] = new JsonArray("sh", "-c", "trap '' TERM; sleep 600 & echo $! $$; wait; while :; do sleep 1; done"), ["runTimeoutSeconds"] = 1,
        });

        var run = await AgentHouse.OverAsync(peer, Text(spawned));

        Assert.Equal(("timed_out", (int?)null), (run.Status, run.ExitCode));
        Assert.Equal("It had not ended after 1000 ms, and was ended with all that it had started.", run.Problem);
        var pids = run.Output!.Split((char[])[' ', '\n'], StringSplitOptions.RemoveEmptyEntries).Select(pid => int.Parse(pid, CultureInfo.InvariantCulture)).ToArray();
        Assert.Equal(2, pids.Length);
        Assert.All(pids, pid => Assert.False(File.Exists($"/proc/{pid}/stat") && !File.ReadAllText($"/proc/{pid}/stat").Contains(") Z ", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task AnAgent_ThatIsNotOfTheKind_OrNotThere_IsRefusedAtOnce()
    {
        await using var house = await AgentHouse.OpenAsync();
        await using var peer = await Peer.OperatorAsync(house.Host, native: true);

        Assert.Equal("invalid_request", await peer.RefusedAsync(RunsSpawnParams.Method, new JsonObject { ["runtime"] = "acp", ["task"] = "count" }));
        Assert.Equal("no_agent", await peer.RefusedAsync(RunsSpawnParams.Method, new JsonObject { ["runtime"] = "subagent", ["task"] = "count", ["agentId"] = "nobody" }));
        Assert.Empty((await peer.GetAsync(RunsListParams.Method)).GetProperty("runs").EnumerateArray());
    }

    [Fact]
    public async Task AnAgentThatIsAProgram_FindsItsRun_AndACredential()
    {
        var place = Directory.CreateTempSubdirectory("nc-coder-").FullName;
        try
        {
            var script = Path.Combine(place, "agent.sh");
            await File.WriteAllTextAsync(script, string.Join('\n',
                AcpScene.Hello, AcpScene.Opens,
                """printf '{"jsonrpc":"2.0","method":"session/update","params":{"sessionId":"s-1","update":{"sessionUpdate":"agent_message_chunk","content":{"type":"text","text":"%s"}}}}\n' "$NETCLAW_RUN_ID $NETCLAW_URL ${#NETCLAW_TOKEN}" """.Trim(),
                AcpScene.Ends()));
            await using var host = await GatewayHost.StartAsync($$"""{"agents":{"coder":{"runtime":"acp","command":["/bin/sh","{{script}}"],"cwd":"{{place}}"} } }""");
            await using var peer = await Peer.OperatorAsync(host, native: true);

            var run = await AgentHouse.OverAsync(peer, Text(await peer.GetAsync(RunsSpawnParams.Method, new JsonObject { ["runtime"] = "acp", ["task"] = "count" })));

            Assert.Equal(("acp", "done", $"{run.RunId} unix:{host.Home.ControlSocket} 43"), (run.Runtime, run.Status, run.Output));
        }
        finally
        {
            Directory.Delete(place, recursive: true);
        }
    }

    private static Task<JsonElement> SpawnAsync(Peer peer, params string[] argv) => SpawnForAsync(peer, null, argv);

    /// <param name="conversation">That hears of its end; those with the same one share a limit.</param>
    private static Task<JsonElement> SpawnForAsync(Peer peer, string? conversation, params string[] argv) => peer.GetAsync(
        RunsSpawnParams.Method, new JsonObject { ["runtime"] = "command", ["argv"] = new JsonArray([.. argv.Select(word => JsonValue.Create(word))]), ["parentSessionKey"] = conversation });

    private static Task<JsonElement> CancelAsync(Peer peer, JsonElement spawned) => peer.GetAsync(RunsCancelParams.Method, new JsonObject { ["runId"] = Text(spawned) });

    private static async Task<RunRow> GetAsync(Peer peer, JsonElement spawned) => (await peer.GetAsync(RunsGetParams.Method, new JsonObject { ["runId"] = Text(spawned) })).Deserialize(ProtocolJson.Default.RunRow)!;

    /// <summary>The next event about this run.</summary>
    private static async Task<RunRow> ChangedAsync(Peer peer, JsonElement spawned)
    {
        while (true)
        {
            var row = (await peer.HearsAsync(RunRow.EventName)).Deserialize(ProtocolJson.Default.RunRow)!;
            if (row.RunId.ToString() == Text(spawned))
            {
                return row;
            }
        }
    }

    private static (string, int?) Shown(RunRow run) => (run.Status, run.Position);

    private static string Text(JsonElement spawned) => spawned.GetProperty("runId").GetString()!;
}
