using System.Text.Json;
using Netclaw.EndToEnd.Tests.Machines;
using Netclaw.Protocol;

namespace Netclaw.EndToEnd.Tests;

/// <summary>Every command with <c>--json</c>: one object on stdout, with these members; nothing disappears from it unnoticed.</summary>
public sealed class JsonShapeTests
{
    [Fact]
    public async Task EveryCommand_PrintsOneObjectOfItsShape()
    {
        await using var host = new Machine();
        await using var device = new Machine();

        await ShapeAsync(host, "controlSocket devices endpoints gateway pairing pending pid started", "up", "--listen", "127.0.0.1:0");
        await ShapeAsync(host, "forced pid wasRunning", "down");
        await ShapeAsync(host, "forced wasRunning", "down");
        var start = await ShapeAsync(host, "controlSocket endpoints log pid", "daemon", "start", "--listen", "127.0.0.1:0");
        var url = start.GetProperty("endpoints")[0].GetString()!;
        await ShapeAsync(host, "pid ready running status", "daemon", "status");
        var code = await ShapeAsync(host, "code codeId command expiresAtMs link url urlProblem", "daemon", "pair");
        await ShapeOfAsync(
            device, "deviceId deviceName gatewayId gatewayName profile role scopes url wasPaired", code.GetProperty("code").GetString() + "\n",
            ["pair", url, "--code-stdin", "--name", "laptop"]);
        await ShapeAsync(device, "connections daemon gateway journal notices reachedBy registry you", "status");
        await ShapeAsync(device, "connections reachedBy", "connections", "list");
        await ShapeAsync(device, "reachedBy sessions total", "sessions", "list");
        await ShapeAsync(host, "liveCodes paired pending reachedBy", "devices", "list", "--all");
        await ShapeAsync(host, "liveCodes paired pending reachedBy", "daemon", "devices");
        await ShapeAsync(host, "deviceId label", "devices", "rename", "laptop", "kitchen");
        await ShapeAsync(host, "connectionsClosed device", "devices", "scopes", "kitchen", "--add", "admin");
        await ShapeAsync(host, "deviceId label", "devices", "rename", "kitchen", "laptop");
        await ShapeAsync(host, "authMode exposure state", "devices", "auto-approve", "status");
        await ShapeAsync(host, "authMode exposure state", "devices", "auto-approve", "confirm");
        await ShapeAsync(host, "dryRun files kept notKept present rows", "import", Importing.EarlierFiles.Devices(host, "old phone"));
        await ShapeAsync(host, "legacy liveCodes paired pending reachedBy", "devices", "list");
        await ShapeAsync(host, "legacyId name", "devices", "revoke", "old phone", "--yes");
        await ShapeAsync(host, "connectionsClosed deviceId name", "devices", "revoke", "laptop", "--yes");
        await ShapeAsync(host, "file lines", "logs", "-n", "1");
        var doctor = await ShapeAsync(host, "checks errors healthy home warnings", "doctor");
        Assert.All(doctor.GetProperty("checks").EnumerateArray(), check =>
            Assert.Equal("findings id seen state", string.Join(' ', check.EnumerateObject().Select(member => member.Name).Order(StringComparer.Ordinal))));
        await ShapeAsync(host, "code exitCode httpStatus logEvent meaning remedy retryable source webSocketClose", "explain", "device_revoked");
        await ShapeAsync(host, "codes", "explain");
        await ShapeAsync(host, "script shell", "completion", "bash");
        await ShapeAsync(host, "name version", "--version");
        await ShapeAsync(host, "forced pid wasRunning", "daemon", "stop");
    }

    [Fact]
    public async Task EveryError_IsOneCallError()
    {
        await using var host = new Machine();

        var error = (await host.RunAsync("status", "--json")).JsonError();

        Assert.Equal(["code", "details", "message", "remedy", "retryable"], error.EnumerateObject().Select(member => member.Name).Order());
        Assert.NotNull(error.Deserialize(ProtocolJson.Default.CallError));
    }

    private static Task<JsonElement> ShapeAsync(Machine machine, string members, params string[] arguments) => ShapeOfAsync(machine, members, null, arguments);

    private static async Task<JsonElement> ShapeOfAsync(Machine machine, string members, string? input, string[] arguments)
    {
        var value = (await machine.RunAsync(input, [.. arguments, "--json"])).Expect(ExitCodes.Ok).Json();
        Assert.Equal(members, string.Join(' ', value.EnumerateObject().Select(member => member.Name).Order(StringComparer.Ordinal)));
        return value;
    }
}
