using System.Text.Json;
using Netclaw.EndToEnd.Tests.Machines;
using Netclaw.Protocol;

namespace Netclaw.EndToEnd.Tests;

/// <summary>Code first, with two homes for two computers.</summary>
public sealed class CodePairingTests
{
    [Fact]
    public async Task PairedDevice_WorksOverTcpWithItsOwnKey()
    {
        await using var host = new Machine();
        await using var device = new Machine();
        await host.UpAsync();

        var paired = await device.PairWithAsync(host, "--name", "laptop");

        var gateway = (await host.JsonAsync("status")).GetProperty("gateway").GetProperty("id").GetString();
        Assert.Equal(gateway, paired.GetProperty("gatewayId").GetString());
        Assert.Equal("laptop", paired.GetProperty("deviceName").GetString());
        Assert.False(paired.GetProperty("wasPaired").GetBoolean());

        var status = await device.JsonAsync("status");
        Assert.Equal("profile", status.GetProperty("reachedBy").GetProperty("rule").GetString());
        Assert.Equal(host.Url, status.GetProperty("reachedBy").GetProperty("address").GetString());
        Assert.Equal("device-key", status.GetProperty("you").GetProperty("method").GetString());
        Assert.Equal(paired.GetProperty("deviceId").GetString(), status.GetProperty("you").GetProperty("deviceId").GetString());
        Assert.Equal(gateway, status.GetProperty("gateway").GetProperty("id").GetString());

        var listed = (await device.JsonAsync("devices", "list")).GetProperty("paired").EnumerateArray().Single(entry => entry.GetProperty("kind").GetString() == "paired");
        Assert.Equal("laptop", listed.GetProperty("name").GetString());
        Assert.True(listed.GetProperty("connected").GetBoolean());

        var session = Assert.Single((await device.JsonAsync("connections", "list")).GetProperty("connections").EnumerateArray());
        Assert.Equal("Active", session.GetProperty("state").GetString());
        Assert.Equal("laptop", session.GetProperty("deviceName").GetString());
        Assert.StartsWith("tcp/", session.GetProperty("transport").GetString());
    }

    [Fact]
    public async Task DeviceOfACodeWithFewerScopes_MayDoNoMore()
    {
        await using var host = new Machine();
        await using var device = new Machine();
        await host.UpAsync();
        var code = await host.CodeAsync("--scopes", "read", "--name", "viewer");

        var paired = (await device.RunAsync(code + "\n", ["pair", host.Url, "--code-stdin", "--json"])).Expect(ExitCodes.Ok).Json();

        Assert.Equal("viewer", paired.GetProperty("deviceName").GetString());
        Assert.Equal("""["operator.read"]""", paired.GetProperty("scopes").GetRawText());
        await device.JsonAsync("status");
        Assert.Equal("missing_scope", (await device.RunAsync("devices", "list", "--json")).Expect(ExitCodes.Refused).Code());
    }

    [Fact]
    public async Task AdminCode_GivesEverything()
    {
        await using var host = new Machine();
        await using var device = new Machine();
        await host.UpAsync();

        var paired = (await device.RunAsync(await host.CodeAsync("--admin") + "\n", ["pair", host.Url, "--code-stdin", "--json"])).Expect(ExitCodes.Ok).Json();

        Assert.Contains("operator.admin", paired.GetProperty("scopes").EnumerateArray().Select(scope => scope.GetString()));
    }

    [Fact]
    public async Task Link_PairsOnlyWithTheGatewayThatItNames()
    {
        await using var host = new Machine();
        await using var other = new Machine();
        await using var device = new Machine();
        await host.UpAsync();
        await other.UpAsync();
        var link = (await host.JsonAsync("daemon", "pair")).GetProperty("link").GetString()!;

        var elsewhere = link.Replace(Uri.EscapeDataString(host.Url), Uri.EscapeDataString(other.Url), StringComparison.Ordinal);
        Assert.NotEqual(link, elsewhere);
        Assert.Equal("gateway_key_changed", (await device.RunAsync("pair", elsewhere, "--yes", "--json")).Expect(ExitCodes.Refused).Code());

        var paired = (await device.RunAsync("pair", link, "--yes", "--json")).Expect(ExitCodes.Ok).Json();
        Assert.Equal(host.Url, paired.GetProperty("url").GetString());
    }

    [Fact]
    public async Task Code_IsGoodForOneDevice()
    {
        await using var host = new Machine();
        await using var device = new Machine();
        await using var second = new Machine();
        await host.UpAsync();
        var code = await host.CodeAsync();
        (await device.RunAsync(code + "\n", ["pair", host.Url, "--code-stdin"])).Expect(ExitCodes.Ok);

        var refused = (await second.RunAsync(code + "\n", ["pair", host.Url, "--code-stdin", "--json"])).Expect(ExitCodes.Refused);

        Assert.Equal("pairing_code_used", refused.Code());
        Assert.Equal("netclaw daemon pair", refused.JsonError().GetProperty("remedy").GetString());
        Assert.False(File.Exists(second.Home.Profiles));
    }

    [Fact]
    public async Task MistypedCode_IsRefused_AndTheRightOneStillWorks()
    {
        await using var host = new Machine();
        await using var device = new Machine();
        await host.UpAsync();
        var code = await host.CodeAsync();
        var mistyped = code[..^1] + (code[^1] == 'Z' ? 'Y' : 'Z');

        Assert.Equal("pairing_code_malformed", (await device.RunAsync("12345\n", ["pair", host.Url, "--code-stdin", "--json"])).Expect(ExitCodes.Usage).Code());
        Assert.Equal("pairing_code_invalid", (await device.RunAsync(mistyped + "\n", ["pair", host.Url, "--code-stdin", "--json"])).Expect(ExitCodes.Refused).Code());
        (await device.RunAsync(code.ToLowerInvariant().Replace('-', ' ') + "\n", ["pair", host.Url, "--code-stdin"])).Expect(ExitCodes.Ok);
        await device.JsonAsync("status");
    }

    [Fact]
    public async Task Profile_IsBoundToTheGateway_NotToItsAddress()
    {
        await using var host = new Machine();
        await using var impostor = new Machine();
        await using var device = new Machine();
        await host.UpAsync();
        await device.PairWithAsync(host);
        var (url, port) = (host.Url, host.Port);
        await host.JsonAsync("down");
        await impostor.UpAsync(port);

        var status = (await device.RunAsync("status", "--json")).Expect(ExitCodes.Refused);
        var byUrl = (await device.RunAsync("status", "--url", url, "--json")).Expect(ExitCodes.Refused);

        Assert.Equal("gateway_key_changed", status.Code());
        Assert.Equal("gateway_key_changed", byUrl.Code());
        Assert.Equal($"netclaw pair {url}", status.JsonError().GetProperty("remedy").GetString());

        // The way out works, and the old gateway's profile is still there beside the new one.
        await device.PairWithAsync(impostor);
        await device.JsonAsync("status");
        Assert.Equal(2, JsonSerializer.Deserialize<JsonElement>(File.ReadAllText(device.Home.Profiles)).GetProperty("profiles").GetArrayLength());
    }

    [Fact]
    public async Task NamedUrl_TakesTheProfileOfTheGatewayThatProvesItself()
    {
        await using var host = new Machine();
        await using var device = new Machine();
        await host.UpAsync();
        await device.PairWithAsync(host);
        var alias = host.Url.Replace("127.0.0.1", "localhost", StringComparison.Ordinal);

        var status = await device.JsonAsync("status", "--url", alias);

        Assert.Equal("url", status.GetProperty("reachedBy").GetProperty("rule").GetString());
        Assert.Equal("device-key", status.GetProperty("you").GetProperty("method").GetString());
        await using var stranger = new Machine();
        Assert.Equal("pairing_required", (await stranger.RunAsync("status", "--url", host.Url, "--json")).Expect(ExitCodes.Refused).Code());
    }
}
