using System.Text.Json;
using System.Text.Json.Nodes;
using Netclaw.Daemon.Tests.Gateway;
using Netclaw.Protocol;

namespace Netclaw.Daemon.Tests.DeadEnds;

/// <summary>Commands on nodes that come to nothing.</summary>
internal static class NodeRefusals
{
    public static Dictionary<RefusalCode, Func<Task<Provoked>>> All { get; } = new()
    {
        [RefusalCode.NodeNotConnected] = AwayAsync,
        [RefusalCode.NodeNotApproved] = () => CalledAsync(_ => Task.FromResult(Invoke(new string('a', 64)))),
        [RefusalCode.NodeCommandNotAllowed] = () => CalledAsync(async stage => Invoke(await stage.LendingNodeAsync(), "device.status")),
        [RefusalCode.NodeBusy] = FullAsync,
        [RefusalCode.NodeFailed] = () => AnsweredAsync("BROKEN"),
        [RefusalCode.NodeActionQueued] = () => AnsweredAsync("NODE_BACKGROUND_UNAVAILABLE"),
        [RefusalCode.NodeInvokeTimedOut] = () => SilentAsync(1, (_, _) => Task.CompletedTask),
        [RefusalCode.NodeInvokeCancelled] = () => SilentAsync(0, (caller, node) => caller.GetAsync(
            NodeInvokeCancelParams.Method, new JsonObject { ["nodeId"] = node.NodeId, ["idempotencyKey"] = "k1" })),
    };

    /// <summary>Paired, and not there.</summary>
    private static async Task<Provoked> AwayAsync()
    {
        var stage = await Stage.SetAsync("{}");
        return new Provoked(stage, (await stage.Owner.RunAsync("nodes", "invoke", await stage.NodeAsync(), "device.info")).Failure);
    }

    private static async Task<Provoked> CalledAsync(Func<Stage, Task<JsonObject>> parameters)
    {
        var stage = await Stage.SetAsync("{}");
        await using var caller = await Peer.OperatorAsync(stage.Host, native: true);
        return new Provoked(stage, Error(await caller.CallAsync(NodeInvokeParams.Method, await parameters(stage))));
    }

    /// <summary>One more waits for a node than may.</summary>
    private static async Task<Provoked> FullAsync()
    {
        var stage = await Stage.SetAsync("{}");
        var node = await stage.LendingNodeAsync();
        await using var caller = await Peer.OperatorAsync(stage.Host, native: true);
        for (var i = 0; i < Actors.Nodes.Queues.NodeQueue.Most; i++)
        {
            await caller.GetAsync(NodePendingEnqueueParams.Method, Item());
        }

        return new Provoked(stage, Error(await caller.CallAsync(NodePendingEnqueueParams.Method, Item())));

        JsonObject Item() => new() { ["nodeId"] = node, ["type"] = NodePendingEnqueueParams.StatusRequest };
    }

    /// <summary>The node says it cannot.</summary>
    private static Task<Provoked> AnsweredAsync(string code) => SilentAsync(0, async (_, node) =>
    {
        var asked = await node.HearsAsync(NodeInvokeRequestEvent.EventName);
        await node.GetAsync(NodeInvokeResultParams.Method, new JsonObject
        {
            ["id"] = asked.GetProperty("id").GetString(), ["nodeId"] = node.NodeId, ["ok"] = false, ["error"] = new JsonObject { ["code"] = code, ["message"] = "it cannot" },
        });
    });

    /// <summary>A node that answers nothing by itself.</summary>
    private static async Task<Provoked> SilentAsync(int timeoutMs, Func<Peer, Peer, Task> meanwhile)
    {
        var stage = await Stage.SetAsync("{}");
        using var key = new TestDevice("den");
        await using var node = await Peer.NodeAsync(stage.Host, native: true, key, "device.info");
        await Peer.ApproveAsync(stage.Host, node.NodeId);
        await using var caller = await Peer.OperatorAsync(stage.Host, native: true);
        var invoke = Invoke(node.NodeId);
        invoke["timeoutMs"] = timeoutMs;
        await caller.StartAsync("i", NodeInvokeParams.Method, invoke);
        await meanwhile(caller, node);
        return new Provoked(stage, Error(await caller.EndAsync("i")));
    }

    private static JsonObject Invoke(string node, string command = "device.info") => new() { ["nodeId"] = node, ["command"] = command, ["idempotencyKey"] = "k1" };

    private static CallError Error(JsonElement answer) => answer.GetProperty("error").Deserialize(ProtocolJson.Default.CallError)!;
}
