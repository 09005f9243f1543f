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

    [Fact]
    public async Task Rotate_GivesThisDeviceANewKey_ThatWorksAtOnce()
    {
        await using var host = new Machine();
        await using var device = new Machine();
        await host.UpAsync();
        var paired = await device.PairWithAsync(host, "--name", "laptop");

        var rotated = await device.JsonAsync("devices", "rotate");

        Assert.Equal(paired.GetProperty("deviceId").GetString(), rotated.GetProperty("formerDeviceId").GetString());
        Assert.NotEqual(rotated.GetProperty("formerDeviceId").GetString(), rotated.GetProperty("deviceId").GetString());
        Assert.Equal(rotated.GetProperty("deviceId").GetString(), (await device.JsonAsync("status")).GetProperty("you").GetProperty("deviceId").GetString());
        Assert.Equal("not_paired", (await host.RunAsync("devices", "rotate", "--json")).Code());
        var again = (await device.PairWithAsync(host)).GetProperty("deviceId").GetString();
        Assert.Equal(rotated.GetProperty("deviceId").GetString(), again);
    }

    [Fact]
    public async Task ARotationThatWasCutOff_IsFinishedByTheNextCommand()
    {
        await using var host = new Machine();
        await using var device = new Machine();
        await host.UpAsync();
        await device.PairWithAsync(host, "--name", "laptop");
        var before = File.ReadAllText(device.Home.Profiles);
        var key = Directory.GetFiles(Path.Combine(device.Home.ClientDirectory, "keys"), "*.key").Single();
        var bytes = File.ReadAllBytes(key);
        var rotated = (await device.JsonAsync("devices", "rotate")).GetProperty("deviceId").GetString();

        // As after a crash between the gateway's answer and the profile's commit: the former key is the one in force, the next one is noted.
        var next = Path.Combine("keys", Path.GetFileName(Directory.GetFiles(Path.GetDirectoryName(key)!, "*.key").Single()));
        File.WriteAllBytes(key, bytes);
        File.SetUnixFileMode(key, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        File.WriteAllText(device.Home.Profiles, before.Replace("\"pairedAt\"", $"\"nextKeyFile\": \"{next}\", \"pairedAt\"", StringComparison.Ordinal));

        Assert.Equal(rotated, (await device.JsonAsync("status")).GetProperty("you").GetProperty("deviceId").GetString());

        Assert.DoesNotContain("nextKeyFile", File.ReadAllText(device.Home.Profiles), StringComparison.Ordinal);
        Assert.Equal(rotated, (await device.JsonAsync("status")).GetProperty("you").GetProperty("deviceId").GetString());
    }

    private static string[] Scopes(JsonElement of) => [.. of.GetProperty("scopes").EnumerateArray().Select(scope => scope.GetString()!)];
}
