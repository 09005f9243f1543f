using Netclaw.EndToEnd.Tests.Machines;
using Netclaw.Protocol;

namespace Netclaw.EndToEnd.Tests;

/// <summary>Shutting a device out.</summary>
public sealed class RevocationTests
{
    [Fact]
    public async Task Revoke_ClosesLiveConnectionsBeforeItReturns()
    {
        await using var host = new Machine();
        await using var device = new Machine();
        await host.UpAsync();
        await device.PairWithAsync(host, "--name", "laptop");
        await using var first = await device.ConnectAsync();
        await using var second = await device.ConnectAsync();

        var revoked = await host.JsonAsync("devices", "revoke", "laptop", "--yes", "--reason", "lost");

        Assert.Equal(2, revoked.GetProperty("connectionsClosed").GetInt32());
        // The sockets are closed by now; what is left is that this process reads it.
        foreach (var connection in (GatewayConnection[])[first, second])
        {
            var closing = await connection.Closed.WaitAsync(TimeSpan.FromSeconds(5));
            Assert.Equal("device_revoked", closing.Error.Code);
        }

        Assert.DoesNotContain(
            (await host.JsonAsync("connections", "list")).GetProperty("connections").EnumerateArray(),
            session => session.TryGetProperty("deviceName", out var name) && name.GetString() == "laptop");
        var refused = (await device.RunAsync("status", "--json")).Expect(ExitCodes.Refused);
        Assert.Equal("device_revoked", refused.Code());
        Assert.Equal($"netclaw pair {host.Url}", refused.JsonError().GetProperty("remedy").GetString());
    }

    [Fact]
    public async Task RevokedDevice_ComesBackOnlyWithANewCode()
    {
        await using var host = new Machine();
        await using var device = new Machine();
        await host.UpAsync();
        var first = await device.PairWithAsync(host);
        await host.JsonAsync("devices", "revoke", first.GetProperty("deviceId").GetString()![..8], "--yes");

        await device.PairWithAsync(host);

        await device.JsonAsync("status");
        Assert.Equal("host", Assert.Single(
            (await host.JsonAsync("devices", "list", "--all")).GetProperty("paired").EnumerateArray(),
            entry => entry.GetProperty("kind").GetString() != "paired").GetProperty("kind").GetString());
    }

    [Fact]
    public async Task Revoke_WantsAYes_AndSaysWhatIsUnknown()
    {
        await using var host = new Machine();
        await using var device = new Machine();
        await host.UpAsync();
        await device.PairWithAsync(host, "--name", "laptop");

        var asked = (await host.RunAsync("devices", "revoke", "laptop", "--json")).Expect(ExitCodes.Usage);
        Assert.Contains("--yes", asked.JsonError().GetProperty("remedy").GetString());
        var unknown = (await host.RunAsync("devices", "revoke", "laptpo", "--yes", "--json")).Expect(ExitCodes.Refused);
        Assert.Equal("device_not_found", unknown.Code());
        Assert.Contains("Did you mean 'laptop'?", unknown.Error);
        await device.JsonAsync("status");
    }
}
