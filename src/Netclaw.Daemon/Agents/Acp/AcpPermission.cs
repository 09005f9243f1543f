using System.Text.Json;
using System.Text.Json.Nodes;
using Netclaw.Actors.Agents;

namespace Netclaw.Daemon.Agents.Acp;

/// <summary>
/// <c>session/request_permission</c>: people are asked, and the agent is given the option that means their answer, for this once where there is a choice. An agent that
/// offers no such option is told that it was cancelled.
/// </summary>
internal sealed class AcpPermission(AgentTurn turn, ApprovalRule rule, AcpUpdates updates)
{
    public async Task<JsonNode> AskAsync(JsonElement parameters, CancellationToken cancellation)
    {
        if (parameters.Member("options") is not { ValueKind: JsonValueKind.Array } options)
        {
            throw new RpcException(Rpc.InvalidParams, "options are missing");
        }

        var call = parameters.Member("toolCall") ?? default;
        var title = SeenText.Of(call.Text("title") ?? call.Text("kind") ?? "something of its own");
        var approved = rule == ApprovalRule.Never || await PeopleAsync(title, call, cancellation);
        return Outcome(options, approved ? ["allow_once", "allow_always"] : ["reject_once", "reject_always"]);
    }

    private Task<bool> PeopleAsync(string title, JsonElement call, CancellationToken cancellation)
    {
        updates.Status($"waiting for approval: {title}");
        return turn.Tools.ApprovedAsync(turn, title, call, cancellation);
    }

    private static JsonObject Outcome(JsonElement options, string[] kinds)
    {
        var option = kinds
            .SelectMany(kind => options.EnumerateArray().Where(candidate => candidate.Text("kind") == kind))
            .Select(candidate => candidate.Text("optionId")).FirstOrDefault(id => id is not null);
        return new JsonObject
        {
            ["outcome"] = option is null ? new JsonObject { ["outcome"] = "cancelled" } : new JsonObject { ["outcome"] = "selected", ["optionId"] = option },
        };
    }
}
