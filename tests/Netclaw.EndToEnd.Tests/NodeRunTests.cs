using System.Text.Json;
using Netclaw.EndToEnd.Tests.Machines;
using static Netclaw.EndToEnd.Tests.Machines.NodesOf;

namespace Netclaw.EndToEnd.Tests;

/// <summary><c>netclaw node run</c> on another machine: paired once, approved once, and there again after every loss.</summary>
public sealed class NodeRunTests
{
    [Fact]
    public async Task Node_IsPairedByCode_IsApproved_ServesWhatItsOwnerAllows_AndSurvivesARestartOfTheDaemon()
    {
        await using var gateway = new Machine();
        await using var den = new Machine();
        var url = await gateway.UpAsync();
        AllowEcho(den);
        await using var node = den.Start(await gateway.CodeAsync("--role", "node") + "\n", "node", "run", "--pair", url, "--code-stdin", "--name", "den");

        var asking = await StandsAsync(gateway, node, "pending-approval");
        await gateway.JsonAsync("nodes", "approve", asking.GetProperty("pendingRequestId").GetString()!);
        await StandsAsync(gateway, node, "approved");

        Assert.EndsWith("/ls", (await AskAsync(gateway, "system.which", """{"bins":["ls"]}""")).GetProperty("bins").GetProperty("ls").GetString(), StringComparison.Ordinal);
        Assert.Equal("lent\n", (await AskAsync(gateway, "system.run", """{"command":["/bin/echo","lent"]}""")).GetProperty("stdout").GetString());
        var refused = await gateway.RunAsync("nodes", "invoke", "den", "system.run", "--params", """{"command":["/bin/uname"]}""");
        Assert.NotEqual(0, refused.ExitCode);
        Assert.Contains("/bin/uname", refused.Error, StringComparison.Ordinal);

        Assert.Equal("linux", (await AskAsync(gateway, "device.info", "{}")).GetProperty("platform").GetString());
        Assert.Equal(JsonValueKind.Object, (await AskAsync(gateway, "device.status", "{}")).ValueKind);
        await AskAsync(gateway, "system.notify", """{"title":"tea","body":"is ready"}""");
        await Eventually.TrueAsync(() => Task.FromResult(node.Out.Contains("tea", StringComparison.Ordinal) && node.Out.Contains("is ready", StringComparison.Ordinal)), "the notice is printed");

        await gateway.KillAndRestartAsync();
        await StandsAsync(gateway, node, "approved");
        Assert.Equal("again\n", (await AskAsync(gateway, "system.run", """{"command":["/bin/echo","again"]}""")).GetProperty("stdout").GetString());
        Assert.Empty((await gateway.JsonAsync("devices", "list")).GetProperty("pending").EnumerateArray());
    }

    [Fact]
    public async Task Node_ThatIsRemoved_Ends_AndSaysWhatLeadsBack()
    {
        await using var gateway = new Machine();
        await using var den = new Machine();
        var url = await gateway.UpAsync();
        await using var node = den.Start(await gateway.CodeAsync("--role", "node") + "\n", "node", "run", "--pair", url, "--code-stdin", "--name", "den");
        await StandsAsync(gateway, node, "pending-approval");

        await gateway.JsonAsync("nodes", "remove", "den", "--yes");

        var ended = await node.FinishAsync();
        Assert.NotEqual(0, ended.ExitCode);
        Assert.Contains("device_revoked", ended.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Node_WithoutAGateway_SaysHowToGetOne()
    {
        await using var den = new Machine();

        var ended = await den.RunAsync("node", "run");

        Assert.NotEqual(0, ended.ExitCode);
        Assert.Contains("netclaw node run --pair", ended.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Node_WhoseRulesAreDamaged_DoesNotStart_AndNamesTheLine()
    {
        await using var den = new Machine();
        Rules(den, "{\n  \"allow\": [\n}");

        var ended = await den.RunAsync("node", "run");

        Assert.NotEqual(0, ended.ExitCode);
        Assert.Contains("node.json, line 3", ended.Error, StringComparison.Ordinal);
    }
}
