using System.Text.Json.Nodes;
using Netclaw.EndToEnd.Tests.Machines;

namespace Netclaw.EndToEnd.Tests.Matrix;

/// <summary>An agent that speaks the Agent Client Protocol and needs nothing but a shell: it says again what it was told.</summary>
internal static class ShellAgent
{
    private const string Script = """
        while read -r line; do
          id=$(expr "$line" : '.*"id": *\([0-9]*\)')
          case $line in
            *'"initialize"'*) echo '{"jsonrpc":"2.0","id":'$id',"result":{"protocolVersion":1}}' ;;
            *'"session/new"'*) echo '{"jsonrpc":"2.0","id":'$id',"result":{"sessionId":"s"}}' ;;
            *'"session/prompt"'*)
              said=$(expr "$line" : '.*"text": *"\([^"]*\)"')
              echo '{"jsonrpc":"2.0","method":"session/update","params":{"sessionId":"s","update":{"sessionUpdate":"agent_message_chunk","content":{"type":"text","text":"You said: '"$said"'"}}}}'
              echo '{"jsonrpc":"2.0","id":'$id',"result":{"stopReason":"end_turn"}}' ;;
          esac
        done
        """;

    /// <summary>Its entry in netclaw.json.</summary>
    public static JsonObject On(Machine machine)
    {
        var file = Path.Combine(machine.Root, "agent.sh");
        File.WriteAllText(file, Script);
        return new JsonObject { ["runtime"] = "acp", ["command"] = new JsonArray("/bin/sh", file) };
    }
}
