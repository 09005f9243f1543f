using System.Text.Json;
using System.Text.Json.Nodes;
using Netclaw.Daemon.Tests.Gateway;
using Netclaw.Protocol;

namespace Netclaw.Daemon.Tests.Spawning;

/// <summary>A run calls the gateway with its own credential and names the run of somebody else: it is told that there is none. Real programs, a real gateway.</summary>
public sealed class RunsOfOthersTests : IDisposable
{
    private readonly string _place = Directory.CreateTempSubdirectory("nc-runs-").FullName;

    public void Dispose() => Directory.Delete(_place, recursive: true);

    [Fact]
    public async Task ARun_SeesItself_AndNeitherSeesNorEndsWhatSomebodyElseStarted()
    {
        await using var host = await GatewayHost.StartAsync("""{"spawn":{"maxDepth":2}}""");
        await using var owner = await Peer.OperatorAsync(host, native: true);
        var (own, token) = await SpawnAsync(owner, "own");
        var (other, _) = await SpawnAsync(owner, "other");
        await using var run = await ConnectAsync(host, token);
        var child = (await CallAsync(run, RunsSpawnParams.Method, new JsonObject { ["runtime"] = "command", ["argv"] = new JsonArray("sleep", "600") })).Payload!.Value.GetProperty("runId").GetString()!;

        var listed = (await CallAsync(run, RunsListParams.Method, new JsonObject())).Payload!.Value.GetProperty("runs").EnumerateArray().Select(row => row.GetProperty("runId").GetString()!).ToArray();
        Assert.Equal([child, own], listed);
        foreach (var (method, parameters) in ((string, JsonObject)[])[(RunsGetParams.Method, new()), (RunsWaitParams.Method, new() { ["timeoutMs"] = 0 }), (RunsCancelParams.Method, new())])
        {
            parameters["runId"] = other;
            Assert.Equal("unknown_run", (await CallAsync(run, method, parameters)).Error?.Code);
        }

        Assert.Equal("unknown_run", (await CallAsync(run, RunsCancelParams.Method, new JsonObject { ["runId"] = own })).Error?.Code);
        Assert.Equal(own, (await CallAsync(run, RunsGetParams.Method, new JsonObject { ["runId"] = own })).Payload!.Value.GetProperty("runId").GetString());
        Assert.Equal([child], (await CallAsync(run, RunsCancelParams.Method, new JsonObject { ["runId"] = child })).Payload!.Value.GetProperty("cancelled").EnumerateArray().Select(each => each.GetString()));
        Assert.Equal("running", (await owner.GetAsync(RunsGetParams.Method, new JsonObject { ["runId"] = other })).GetProperty("status").GetString());
    }

    [Fact]
    public async Task ARun_WaitsForNoEnd_OfARunThatSomebodyElseStarted()
    {
        await using var host = await GatewayHost.StartAsync();
        await using var owner = await Peer.OperatorAsync(host, native: true);
        var (_, token) = await SpawnAsync(owner, "own");
        var (other, _) = await SpawnAsync(owner, "other");
        await using var run = await ConnectAsync(host, token);
        var waiting = CallAsync(run, RunsWaitParams.Method, new JsonObject { ["runId"] = other, ["timeoutMs"] = 25_000 });

        await owner.GetAsync(RunsCancelParams.Method, new JsonObject { ["runId"] = other });

        Assert.Equal("unknown_run", (await waiting).Error?.Code);
    }

    /// <summary>A program that tells its credential, and stays.</summary>
    private async Task<(string Run, string Token)> SpawnAsync(Peer owner, string name)
    {
        var file = Path.Combine(_place, name);
        var spawned = await owner.GetAsync(RunsSpawnParams.Method, new JsonObject
        {
            ["runtime"] = "command", ["argv"] = new JsonArray("sh", "-c", $"echo $NETCLAW_TOKEN > {file}.part; mv {file}.part {file}; exec sleep 600"), ["scopes"] = new JsonArray("operator.admin"),
        });
        return (spawned.GetProperty("runId").GetString()!, await AgentHouse.SeenAsync(async () => File.Exists(file) ? (await File.ReadAllTextAsync(file)).Trim() : null));
    }

    private static async Task<GatewayConnection> ConnectAsync(GatewayHost host, string token)
    {
        var connection = await GatewayHost.OpenAsync(host.Control);
        Assert.IsType<ConnectOutcome.Welcomed>(await connection.ConnectAsync(new ConnectRequest { Client = TestDevice.Client, Auth = new ConnectAuth { SpawnToken = new Secret(token) } }, CancellationToken.None).WaitAsync(GatewayHost.Bound));
        return connection;
    }

    private static Task<CallResponse> CallAsync(GatewayConnection connection, string method, JsonObject parameters) =>
        connection.CallAsync(method, JsonElement.Parse(parameters.ToJsonString()), CancellationToken.None).WaitAsync(GatewayHost.Bound);
}
