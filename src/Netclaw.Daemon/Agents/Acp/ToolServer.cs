using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Text.Json.Nodes;
using Netclaw.Actors.Agents;
using Netclaw.Actors.Agents.Tools;
using Netclaw.Actors.Spawning;
using Netclaw.Protocol;

namespace Netclaw.Daemon.Agents.Acp;

/// <summary>
/// How a program comes to the gateway's tools: it is told of a server of the Model Context Protocol that it starts itself, which is this installation's <c>netclaw mcp</c>. The turn's credential stands in that
/// program's environment, never among its arguments, which everybody on the machine can read.
/// </summary>
/// <param name="command">The program <c>netclaw</c>; null: it was not found.</param>
/// <param name="gateway">Where it reaches this gateway.</param>
internal sealed class ToolServer(ToolLoans loans, string? command, string gateway)
{
    private const string Name = "netclaw";
    private const string Runtime = "DOTNET_ROOT";

    /// <summary>The program is beside the daemon's, or in the sibling directory of the build's layout.</summary>
    public static ToolServer Of(ToolLoans loans, string gateway) => new(loans, Places(AppContext.BaseDirectory).FirstOrDefault(File.Exists), gateway);

    /// <returns>Null: nothing is lent.</returns>
    public ToolLoan? Lend(AgentTurn turn, ImmutableArray<AgentTool> tools, out string problem)
    {
        problem = $"there is no program {Name} beside {AppContext.BaseDirectory}";
        return command is null ? null : loans.Lend(turn, tools, UserId.Current, out problem);
    }

    /// <summary><c>mcpServers</c> of <c>session/new</c>, for standard streams, which every agent has to support.</summary>
    public JsonArray For(ToolLoan loan)
    {
        var variables = ChildVariables.Of(loan.Run, gateway, loan.Credential);
        if (Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..")) is var root && Directory.Exists(Path.Combine(root, "host", "fxr")))
        {
            variables = variables.Add(Runtime, root); // an agent hands on what it likes, and the program would look for its runtime in the default places alone
        }

        JsonNode[] environment = [.. variables.OrderBy(variable => variable.Key, StringComparer.Ordinal).Select(variable => new JsonObject { ["name"] = variable.Key, ["value"] = variable.Value })];
        return [new JsonObject { ["name"] = Name, ["command"] = command, ["args"] = new JsonArray("mcp"), ["env"] = new JsonArray(environment) }];
    }

    private static IEnumerable<string> Places(string baseDirectory)
    {
        yield return Path.Combine(baseDirectory, Name);

        // <artifacts>/bin/Netclaw.Daemon/<configuration>/ and <artifacts>/bin/Netclaw.Cli/<configuration>/
        var configuration = new DirectoryInfo(Path.TrimEndingDirectorySeparator(baseDirectory));
        if (configuration.Parent?.Parent is { } layout)
        {
            yield return Path.Combine(layout.FullName, "Netclaw.Cli", configuration.Name, Name);
        }
    }
}
