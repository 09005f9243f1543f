using System.Collections.Immutable;
using System.Text.Json;

namespace Netclaw.Actors.Agents.Tools;

/// <summary>One tool: its name and form, and which methods of the gateway it comes to.</summary>
internal abstract class GatewayTool(string name, string purpose, string parameters, params ImmutableArray<string> methods)
{
    public AgentTool Shape { get; } = new(name, purpose, JsonDocument.Parse(parameters).RootElement);

    /// <summary>Without these in the catalogue it is not offered.</summary>
    public ImmutableArray<string> Methods { get; } = methods;

    /// <summary>One line for whoever is asked to approve it; null: it runs no program, and nobody is asked unless the agent's rule says so.</summary>
    public virtual string? RunsProgram(JsonElement arguments) => null;

    public abstract Task<ToolAnswer> CallAsync(ToolUse use);
}
