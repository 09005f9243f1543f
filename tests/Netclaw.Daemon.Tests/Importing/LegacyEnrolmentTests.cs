using Netclaw.Actors.Devices;
using Netclaw.Daemon.Tests.DeadEnds;
using Netclaw.Daemon.Tests.Gateway;
using Netclaw.Protocol;

namespace Netclaw.Daemon.Tests.Importing;

/// <summary>The token of an earlier gateway enrols a key once: the command line and the protocol, over real sockets.</summary>
public sealed class LegacyEnrolmentTests : IAsyncLifetime
{
    private readonly EarlierGateway _earlier = new();
    private Stage _stage = null!;

    public async Task InitializeAsync()
    {
        _stage = await Stage.SetAsync("{}");
        (await _stage.Owner.RunAsync("import", _earlier.WithDevices(false, "phone", "laptop").Devices)).Expect();
    }

    public async Task DisposeAsync()
    {
        await _stage.DisposeAsync();
        _earlier.Dispose();
    }

    [Fact]
    public async Task OnDirectLoopback_TheTokenEnrolsTheKey_AndTheDeviceKeepsItsName()
    {
        var phone = _stage.Stranger();

        var paired = (await phone.RunAsync("pair", _stage.Url, "--legacy-token-file", _earlier.TokenFile("phone"))).Expect().Json;

        Assert.Equal("phone", paired.GetProperty("deviceName").GetString());
        Assert.Equal(["operator.approvals", "operator.pairing", "operator.read", "operator.write"], paired.GetProperty("scopes").EnumerateArray().Select(scope => scope.GetString()));
        Assert.Equal("device-key", (await phone.RunAsync("status")).Expect().Json.GetProperty("you").GetProperty("method").GetString());
        var list = (await _stage.Owner.RunAsync("devices", "list", "--all")).Expect().Json;
        var spent = list.GetProperty("legacy").EnumerateArray().Single(row => row.GetProperty("name").GetString() == "phone");
        Assert.Equal(paired.GetProperty("deviceId").GetString(), spent.GetProperty("enrolledAs").GetString());
        Assert.Equal("import", list.GetProperty("paired").EnumerateArray().Single(row => row.GetProperty("name").GetString() == "phone").GetProperty("approvedVia").GetString());
    }

    [Fact]
    public async Task FromStdin_AndFromTheEarlierGatewaysOwnFile_ItWorksAsWell()
    {
        _earlier.Write("secrets.json", $$"""{"DeviceToken":"{{EarlierGateway.Token("laptop")}}"}""");

        (await _stage.Stranger().TypeAsync(EarlierGateway.Token("phone") + "\n", "pair", _stage.Url, "--legacy-token-stdin")).Expect();
        (await _stage.Stranger().RunAsync("pair", _stage.Url, "--legacy-token-file", _earlier.Secrets)).Expect();
    }

    [Fact]
    public async Task SecondUse_IsRefused_AlsoAfterARestartAndAnotherImport()
    {
        (await _stage.Stranger().RunAsync("pair", _stage.Url, "--legacy-token-file", _earlier.TokenFile("phone"))).Expect();

        Assert.Equal("legacy_token_spent", (await _stage.Stranger().RunAsync("pair", _stage.Url, "--legacy-token-file", _earlier.TokenFile("phone"))).Failure.Code);
        Assert.Equal("present", (await _stage.Owner.RunAsync("import", _earlier.Devices)).Expect().Json.GetProperty("rows")[0].GetProperty("outcome").GetString());
        var again = await _stage.Host.RestartAsync();
        Assert.Equal("legacy_token_spent", (await _stage.Stranger().RunAsync("pair", $"http://{again.Address}", "--legacy-token-file", _earlier.TokenFile("phone"))).Failure.Code);
        await again.StopAsync();
    }

    [Fact]
    public async Task SameDeviceAgain_IsLetInByItsKey_AndItsTokenIsNotEvenSent()
    {
        var phone = _stage.Stranger();
        (await phone.RunAsync("pair", _stage.Url, "--legacy-token-file", _earlier.TokenFile("phone"))).Expect();

        Assert.True((await phone.RunAsync("pair", _stage.Url, "--legacy-token-file", _earlier.TokenFile("laptop"))).Expect().Json.GetProperty("wasPaired").GetBoolean());

        Assert.Contains(_stage.Host.Service<RegistryView>().Current!.Legacy.Values, legacy => legacy is { Name: "laptop", IsWaiting: true });
    }

    [Fact]
    public async Task RevokedAfterwards_TheKeyStaysOut_AndTheTokenStaysDead()
    {
        var phone = _stage.Stranger();
        (await phone.RunAsync("pair", _stage.Url, "--legacy-token-file", _earlier.TokenFile("phone"))).Expect();
        (await _stage.Owner.RunAsync("devices", "revoke", "phone", "--yes")).Expect();

        Assert.Equal("device_revoked", (await phone.RunAsync("pair", _stage.Url, "--legacy-token-file", _earlier.TokenFile("phone"))).Failure.Code);
        Assert.Equal("legacy_token_spent", (await _stage.Stranger().RunAsync("pair", _stage.Url, "--legacy-token-file", _earlier.TokenFile("phone"))).Failure.Code);
    }

    [Fact]
    public async Task TakenBack_TheTokenOpensNothing()
    {
        (await _stage.Owner.RunAsync("devices", "revoke", "phone", "--yes")).Expect();

        Assert.Equal("legacy_token_spent", (await _stage.Stranger().RunAsync("pair", _stage.Url, "--legacy-token-file", _earlier.TokenFile("phone"))).Failure.Code);
    }

    [Fact]
    public async Task OnTheControlSocket_ItEnrolsTheKeyToo()
    {
        using var phone = new TestDevice("phone");
        await using var connection = await GatewayHost.OpenAsync(_stage.Host.Control);

        Assert.IsType<ConnectOutcome.Welcomed>(await connection.ConnectAsync(Showing(phone, "phone"), default).WaitAsync(GatewayHost.Bound));

        await using var byKey = await phone.ConnectAsync(_stage.Host);
        Assert.Contains(_stage.Host.Service<RegistryView>().Current!.Legacy.Values, legacy => legacy.EnrolledAs == phone.Id);
    }

    [Fact]
    public async Task TwoAtOnce_OneIsEnrolled_TheOtherHearsThatItIsSpent()
    {
        using var first = new TestDevice("first");
        using var second = new TestDevice("second");

        var outcomes = await Task.WhenAll(new[] { first, second }.Select(async device =>
        {
            await using var connection = await GatewayHost.OpenAsync(_stage.Host.Tcp);
            try
            {
                await connection.ConnectAsync(Showing(device, "phone"), default).WaitAsync(GatewayHost.Bound);
                return (RefusalCode?)null;
            }
            catch (GatewayException refused)
            {
                return refused.Code;
            }
        }));

        Assert.Equal([null, RefusalCode.LegacyTokenSpent], outcomes.OrderBy(code => code is null ? 0 : 1));
    }

    [Fact]
    public async Task AskingForMoreThanItGives_IsRefused_AndSpendsNothing()
    {
        using var phone = new TestDevice("phone");
        await using var connection = await GatewayHost.OpenAsync(_stage.Host.Tcp);

        var refused = await Assert.ThrowsAsync<GatewayException>(() => connection.ConnectAsync(Showing(phone, "phone") with { Scopes = ScopeSet.All }, default).WaitAsync(GatewayHost.Bound));

        Assert.Equal(RefusalCode.MissingScope, refused.Code);
        Assert.Contains(_stage.Host.Service<RegistryView>().Current!.Legacy.Values, legacy => legacy is { Name: "phone", IsWaiting: true });
    }

    [Fact]
    public async Task WrongTokens_AreLimited_AndTheDevicesOwnKeysAreNotHeldUp()
    {
        await using var stage = await Stage.SetAsync("""{"auth":{"rateLimit":{"maxAttempts":2}}}""");
        (await stage.Owner.RunAsync("import", _earlier.Devices)).Expect();
        var paired = await stage.PairedAsync();
        for (var guess = 0; guess < 2; guess++)
        {
            Assert.Equal("legacy_token_invalid", (await stage.Stranger().TypeAsync("guess\n", "pair", stage.Url, "--legacy-token-stdin")).Failure.Code);
        }

        Assert.Equal("auth_rate_limited", (await stage.Stranger().RunAsync("pair", stage.Url, "--legacy-token-file", _earlier.TokenFile("phone"))).Failure.Code);
        (await paired.RunAsync("status")).Expect();
        Assert.Contains(stage.Host.Service<RegistryView>().Current!.Legacy.Values, legacy => legacy is { Name: "phone", IsWaiting: true });
    }

    [Fact]
    public async Task Token_IsInNoLogAndNoJournal()
    {
        (await _stage.Stranger().RunAsync("pair", _stage.Url, "--legacy-token-file", _earlier.TokenFile("phone"))).Expect();
        await _stage.Stranger().TypeAsync("wrong-canary-token\n", "pair", _stage.Url, "--legacy-token-stdin");
        await _stage.Host.StopAsync();

        foreach (var file in Directory.EnumerateFiles(_stage.Host.Home.Root, "*", SearchOption.AllDirectories))
        {
            var text = System.Text.Encoding.Latin1.GetString(await File.ReadAllBytesAsync(file));
            Assert.All((string[])[EarlierGateway.Token("phone"), "wrong-canary-token"], secret => Assert.DoesNotContain(secret, text, StringComparison.Ordinal));
        }

        Assert.Contains("pair.legacy", await File.ReadAllTextAsync(_stage.Host.Home.AuditLog));
    }

    [Theory]
    [InlineData("--request")]
    [InlineData("--code-stdin")]
    [InlineData("--legacy-token-stdin")]
    [InlineData("--name", "other")]
    [InlineData("--role", "node")]
    public async Task OptionsThatDoNotGoWithIt_AreSaid(params string[] options) => Assert.Equal(
        "usage_error", (await _stage.Stranger().RunAsync(["pair", _stage.Url, "--legacy-token-file", _earlier.TokenFile("phone"), .. options])).Failure.Code);

    private static ConnectRequest Showing(TestDevice device, string name) => device.Request with { Auth = new ConnectAuth { LegacyToken = new Secret(EarlierGateway.Token(name)) } };
}
