using System.Collections.Immutable;
using System.Text.Json;
using Netclaw.Actors.Agents.Tools;
using Netclaw.Actors.Methods;
using Netclaw.Actors.Trust;
using Netclaw.Protocol;

namespace Netclaw.Actors.Agents;

/// <summary>The tools on a gateway that answers as the test says, and keeps what was called.</summary>
internal sealed class ToolBench : IInsideCalls, IAgentApprovals, IAgents
{
    private static readonly string[] Methods =
        ["runs.spawn", "runs.list", "runs.cancel", "sessions.list", "sessions.send", "chat.history", "cron.add", "cron.list", "cron.get", "cron.remove", "node.list", "node.invoke"];

    private readonly AgentDescription _agent;

    public ToolBench(ApprovalRule approve = ApprovalRule.Commands, string[]? tools = null, string[]? methods = null)
    {
        _agent = new AgentDescription("main", "Main", "openai", null) { Approve = approve, Tools = tools is null ? ToolNames.All : [.. tools] };
        Tools = new GatewayTools(
            new MethodCatalogue((methods ?? Methods).Select(name => new MethodEntry(name, null, Scope.Read, HandlerKey.Status, true, null, typeof(object), "")), []), this, this, this);
    }

    public GatewayTools Tools { get; }

    public List<(string Method, string Params, Principal By)> Called { get; } = [];

    public List<string> Asked { get; } = [];

    public bool Approves { get; set; }

    public Func<string, CallResponse> Answers { get; set; } = _ => CallResponse.Success(JsonDocument.Parse("""{"fine":true}""").RootElement);

    public ImmutableArray<AgentDescription> All => [_agent];

    public AgentGrant Grant { get; set; } = new("d_1", ScopeSet.ReadWrite, null, 0);

    public IAgentRuntime? Find(string id) => null;

    public Task<ToolAnswer> UseAsync(string tool, string arguments) => Tools.CallAsync(
        new AgentTurn("main", ConversationKey.MainOf("main"), "run-1", [], "hello", TimeSpan.FromMinutes(1), Grant, Tools), tool, JsonDocument.Parse(arguments).RootElement, default);

    public Task<CallResponse> CallAsync(Principal principal, string method, JsonElement parameters, CancellationToken cancellation)
    {
        Called.Add((method, parameters.GetRawText(), principal));
        return Task.FromResult(Answers(method));
    }

    public Task<ApprovalAnswer> AskAsync(AgentTurn turn, string title, JsonElement details, CancellationToken cancellation)
    {
        Asked.Add(title);
        return Task.FromResult(new ApprovalAnswer(Approves, "ann said no"));
    }
}
