using System.Text.Json;

namespace Netclaw.EndToEnd.Tests.Machines;

/// <summary>A gateway, and a node that runs on a machine of its own, approved for all it offers.</summary>
internal sealed class Lending : IAsyncDisposable
{
    private readonly string _url;

    private Lending(Machine gateway, Machine den, string url, Running node)
    {
        (Gateway, Den, _url, Node) = (gateway, den, url, node);
    }

    public Machine Gateway { get; }

    public Machine Den { get; }

    public Running Node { get; private set; }

    public string RulesFile => Path.Combine(Den.Home.Root, "node", "node.json");

    /// <param name="rules">What node.json says; null: there is none.</param>
    public static async Task<Lending> StartAsync(string? rules = null)
    {
        var (gateway, den) = (new Machine(), new Machine());
        var folder = Directory.CreateDirectory(Path.Combine(den.Home.Root, "node"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute).FullName;
        if (rules is not null)
        {
            await File.WriteAllTextAsync(Path.Combine(folder, "node.json"), rules);
        }

        var url = await gateway.UpAsync();
        var node = den.Start(await gateway.CodeAsync("--role", "node") + "\n", "node", "run", "--pair", url, "--code-stdin", "--name", "den");
        var lending = new Lending(gateway, den, url, node);
        var asking = await lending.StandsAsync("pending-approval");
        await gateway.JsonAsync("nodes", "approve", asking.GetProperty("pendingRequestId").GetString()!);
        await lending.StandsAsync("approved");
        return lending;
    }

    /// <summary>The node's program ends and is started again, without a pairing.</summary>
    public async Task RestartNodeAsync()
    {
        await Node.DisposeAsync();
        Node = Den.Start(null, "node", "run", "--pair", _url, "--name", "den");
        await Eventually.TrueAsync(() => Task.FromResult(Node.Error.Contains("Connected", StringComparison.Ordinal)), "the node is there again");
        await StandsAsync("approved");
    }

    /// <summary>Waits until the node is connected and in that state.</summary>
    public async Task<JsonElement> StandsAsync(string state)
    {
        JsonElement found = default;
        await Eventually.TrueAsync(async () =>
        {
            Assert.False(Node.HasExited, Node.Out + Node.Error);
            found = (await Gateway.JsonAsync("nodes", "list")).GetProperty("nodes").EnumerateArray()
                .FirstOrDefault(row => row.GetProperty("approvalState").GetString() == state && row.GetProperty("connected").GetBoolean());
            return found.ValueKind == JsonValueKind.Object;
        }, $"a node that is {state}");
        return found;
    }

    /// <summary>Asks the node to run something, and does not wait.</summary>
    public Running Invoke(string parameters, string timeout = "60") =>
        Gateway.Start(null, "nodes", "invoke", "den", "system.run", "--params", parameters, "--timeout", timeout, "--json");

    /// <summary>What waits for a decision, once something does.</summary>
    public async Task<JsonElement> QuestionAsync()
    {
        JsonElement found = default;
        await Eventually.TrueAsync(async () =>
        {
            found = (await Gateway.JsonAsync("approvals", "list")).GetProperty("pending").EnumerateArray().FirstOrDefault();
            return found.ValueKind == JsonValueKind.Object;
        }, "a question to operators");
        return found;
    }

    public async ValueTask DisposeAsync()
    {
        await Node.DisposeAsync();
        await Den.DisposeAsync();
        await Gateway.DisposeAsync();
    }
}
