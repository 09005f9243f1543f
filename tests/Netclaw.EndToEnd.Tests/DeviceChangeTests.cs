using System.Text.Json;
using Netclaw.EndToEnd.Tests.Machines;
using Netclaw.Protocol;

namespace Netclaw.EndToEnd.Tests;

/// <summary>Changing what a device is called and may do.</summary>
public sealed class DeviceChangeTests
{
    [Fact]
    public async Task Rename_NumbersANameInUse_AndRefusesWhatIsNone()
    {
        await using var host = new Machine();
        await using var device = new Machine();
        await using var other = new Machine();
        await host.UpAsync();
        await device.PairWithAsync(host, "--name", "laptop");
        await other.PairWithAsync(host, "--name", "desk");

        Assert.Equal("laptop (2)", (await host.JsonAsync("devices", "rename", "desk", "laptop")).GetProperty("label").GetString());

        Assert.Equal("device_name_invalid", (await host.RunAsync("devices", "rename", "laptop", "a\u202Eb", "--json")).Code());
        Assert.Equal("laptop", (await device.JsonAsync("status")).GetProperty("you").GetProperty("deviceName").GetString());
    }

    [Fact]
    public async Task Scopes_AreNarrowedAtOnce_AndAddedByWhoHoldsThem()
    {
        await using var host = new Machine();
        await using var device = new Machine();
        await host.UpAsync();
        await device.PairWithAsync(host, "--name", "laptop");
        await using var live = await device.ConnectAsync();

        var narrowed = await host.JsonAsync("devices", "scopes", "laptop", "--set", "read");

        Assert.Equal(1, narrowed.GetProperty("connectionsClosed").GetInt32());
        Assert.Equal("device_changed", (await live.Closed.WaitAsync(TimeSpan.FromSeconds(5))).Error.Code);
        Assert.Equal(["operator.read"], Scopes((await device.JsonAsync("status")).GetProperty("you")));
        Assert.Equal("missing_scope", (await device.RunAsync("devices", "scopes", "laptop", "--add", "admin", "--json")).Code());
        var widened = await host.JsonAsync("devices", "scopes", "laptop", "--add", "write,pairing", "--remove", "questions");
        Assert.Equal(["operator.pairing", "operator.read", "operator.write"], Scopes(widened.GetProperty("device")));
        Assert.Equal(ExitCodes.Usage, (await host.RunAsync("devices", "scopes", "laptop", "--remove", "read", "--json")).ExitCode);
    }

    [Fact]
    public async Task RotatingTheTokenOfANativeDevice_SaysWhereItsKeyIsRotated()
    {
        await using var host = new Machine();
        await using var device = new Machine();
        await host.UpAsync();
        await device.PairWithAsync(host, "--name", "laptop");

        var refused = await host.RunAsync("devices", "rotate", "laptop", "--json");

        Assert.Equal("netclaw devices rotate", refused.JsonError().GetProperty("remedy").GetString());
        await device.JsonAsync("status");
    }

    private static string[] Scopes(JsonElement of) => [.. of.GetProperty("scopes").EnumerateArray().Select(scope => scope.GetString()!)];
}
