using System.Collections.Immutable;
using System.Text.Json;

namespace Netclaw.Protocol;

/// <summary>
/// Method <c>agent.tools.list</c>: what the agent may call in the turn whose credential the connection came with. Netclaw's own; <c>netclaw mcp</c> hands it on in the Model Context Protocol.
/// </summary>
public sealed record AgentToolsListResult(ImmutableArray<AgentToolRow> Tools)
{
    public const string Method = "agent.tools.list";
}

/// <param name="InputSchema">A JSON Schema of one object.</param>
public sealed record AgentToolRow(string Name, string Description, JsonElement InputSchema);

/// <summary>Method <c>agent.tools.call</c>: one call of a tool, with the rights of whoever asked the agent. People may be asked first, so that it can take minutes.</summary>
/// <param name="Arguments">An object, as the tool's schema says.</param>
public sealed record AgentToolsCallParams(string Tool, JsonElement Arguments)
{
    public const string Method = "agent.tools.call";
}

/// <param name="Ok">False: refused, not approved, or wrongly used; <paramref name="Text"/> says which.</param>
/// <param name="Text">For the agent.</param>
public sealed record AgentToolsCallResult(bool Ok, string Text);
