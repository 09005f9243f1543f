using Netclaw.EndToEnd.Tests.Machines;
using Netclaw.Protocol;

namespace Netclaw.EndToEnd.Tests;

/// <summary>What was acknowledged is there after kill -9.</summary>
public sealed class SurvivalTests
{
    [Fact]
    public async Task Pairing_SurvivesKill()
    {
        await using var host = new Machine();
        await using var device = new Machine();
        await host.UpAsync();
        await device.PairWithAsync(host, "--name", "laptop");

        await host.KillAndRestartAsync();

        Assert.Equal("laptop", (await device.JsonAsync("status")).GetProperty("you").GetProperty("deviceName").GetString());
    }

    [Fact]
    public async Task Revocation_SurvivesKill()
    {
        await using var host = new Machine();
        await using var device = new Machine();
        await host.UpAsync();
        await device.PairWithAsync(host, "--name", "laptop");
        await host.JsonAsync("devices", "revoke", "laptop", "--yes");

        await host.KillAndRestartAsync();

        Assert.Equal("device_revoked", (await device.RunAsync("status", "--json")).Expect(ExitCodes.Refused).Code());
        Assert.Equal(1, (await host.JsonAsync("status")).GetProperty("registry").GetProperty("revoked").GetInt32());
    }

    [Fact]
    public async Task PairingCode_SurvivesKill_AndASpentOneStaysSpent()
    {
        await using var host = new Machine();
        await using var device = new Machine();
        await using var second = new Machine();
        await host.UpAsync();
        var spent = await host.CodeAsync();
        var live = await host.CodeAsync();
        (await device.RunAsync(spent + "\n", ["pair", host.Url, "--code-stdin"])).Expect(ExitCodes.Ok);

        await host.KillAndRestartAsync();

        Assert.Equal("pairing_code_used", (await second.RunAsync(spent + "\n", ["pair", host.Url, "--code-stdin", "--json"])).Expect(ExitCodes.Refused).Code());
        (await second.RunAsync(live + "\n", ["pair", host.Url, "--code-stdin"])).Expect(ExitCodes.Ok);
        await second.JsonAsync("status");
    }
}
