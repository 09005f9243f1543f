using System.Text.Json;
using Netclaw.Protocol;

namespace Netclaw.EndToEnd.Tests.Machines;

/// <summary>A gateway's nodes, as its operator sees and asks them; and what a node's owner lends.</summary>
internal static class NodesOf
{
    public static void AllowEcho(Machine machine) => Rules(machine, """{"allow":[["/bin/echo"]],"ask":false}""");

    public static void Rules(Machine machine, string text)
    {
        var folder = Directory.CreateDirectory(Path.Combine(machine.Home.Root, "node"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute).FullName;
        File.WriteAllText(Path.Combine(folder, "node.json"), text);
    }

    public static async Task<JsonElement> AskAsync(Machine gateway, string command, string parameters) =>
        (await gateway.JsonAsync("nodes", "invoke", "den", command, "--params", parameters)).GetProperty("payload");

    /// <summary>A link for one more node.</summary>
    public static async Task<string> InviteAsync(Machine gateway) => (await gateway.RunAsync("nodes", "invite")).Expect(ExitCodes.Ok).Out.Trim();

    /// <summary>The connected node whose surface is in this state, once there is one.</summary>
    public static async Task<JsonElement> StandsAsync(Machine gateway, Running node, string state)
    {
        JsonElement found = default;
        await Eventually.TrueAsync(async () =>
        {
            Assert.False(node.HasExited, node.Out + node.Error);
            found = (await gateway.JsonAsync("nodes", "list")).GetProperty("nodes").EnumerateArray()
                .FirstOrDefault(row => row.GetProperty("approvalState").GetString() == state && row.GetProperty("connected").GetBoolean());
            return found.ValueKind == JsonValueKind.Object;
        }, $"a node that is {state}");
        return found;
    }
}
