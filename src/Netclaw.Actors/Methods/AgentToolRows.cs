using Netclaw.Protocol;

namespace Netclaw.Actors.Methods;

/// <summary>What agents that are programs may call. They take no scope: the credential of a turn has none, and each tool has those of whoever asked the agent.</summary>
internal static class AgentToolRows
{
    internal static readonly MethodEntry[] All =
    [
        new(AgentToolsListResult.Method, Role.Operator, Scope.None, HandlerKey.AgentTools, true, null, typeof(AgentToolsListResult),
            "What an agent may call in the turn whose credential the connection came with; nobody else is answered."),
        new(AgentToolsCallParams.Method, Role.Operator, Scope.None, HandlerKey.AgentTools, false, typeof(AgentToolsCallParams), typeof(AgentToolsCallResult),
            "Calls one of them, with the rights of whoever asked the agent, and people's approval where the agent's rule wants it."),
    ];
}
