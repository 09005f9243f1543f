using Netclaw.EndToEnd.Tests.Machines;
using Netclaw.EndToEnd.Tests.Proxies;
using Netclaw.EndToEnd.Tests.Proxies.Fronts;
using Netclaw.Protocol;

namespace Netclaw.EndToEnd.Tests.Importing;

/// <summary>The token of an earlier gateway through real proxies: taken where a trusted one vouches for TLS, not looked at where none does.</summary>
[Collection(SameHostGateway.Name)]
public sealed class LegacyBehindProxyTests(SameHostGateway gateway)
{
    [BehindProxyTheory]
    [InlineData("nginx.conf")]
    [InlineData("Caddyfile")]
    [InlineData("haproxy.cfg")]
    public async Task OverTls_ThatATrustedProxyVouchesFor_TheKeyIsEnrolled_Once(string file)
    {
        var name = "phone behind " + file;
        await gateway.Machine.JsonAsync("import", EarlierFiles.Devices(gateway.Machine, name));
        await using var phone = new Machine();
        await using var second = new Machine();

        var paired = await PairAsync(phone, file, name);

        Assert.Equal(name, paired.Expect(ExitCodes.Ok).Json().GetProperty("deviceName").GetString());
        (await SameHostGateway.RunAsync(phone, gateway[file], null, "status", "--json")).Expect(ExitCodes.Ok);
        Assert.Equal("legacy_token_spent", (await PairAsync(second, file, name)).Expect(ExitCodes.Refused).Code());
    }

    /// <summary>It forwards bytes and says nothing: the client saw TLS, the gateway cannot know.</summary>
    [BehindProxyFact]
    public async Task ThroughAHopThatSaysNothing_ItIsRefused_AndNotSpent()
    {
        const string name = "phone behind bytes";
        await gateway.Machine.JsonAsync("import", EarlierFiles.Devices(gateway.Machine, name));
        await using var phone = new Machine();

        Assert.Equal("legacy_token_not_private", (await PairAsync(phone, ReadyMade.HaProxyTcp.File, name)).Expect(ExitCodes.Refused).Code());

        (await PairAsync(phone, ReadyMade.Nginx.File, name)).Expect(ExitCodes.Ok);
    }

    [BehindProxyFact]
    public async Task ThroughAProxyThatSaysPlain_ItIsRefused()
    {
        const string name = "phone behind plain";
        await gateway.Machine.JsonAsync("import", EarlierFiles.Devices(gateway.Machine, name));
        await using var front = await gateway.StartAsync(ReadyMade.Nginx, Wrong.Instead("$scheme", "http"));
        await using var phone = new Machine();

        var refused = await SameHostGateway.RunAsync(
            phone, front, null, "pair", front.Url.ToString(), "--legacy-token-file", EarlierFiles.TokenFile(phone, name), "--json");

        Assert.Equal("legacy_token_not_private", refused.Expect(ExitCodes.Refused).Code());
    }

    /// <summary>The client sends nothing to an address that others could listen to.</summary>
    [Fact]
    public async Task OverPlainHttpToElsewhere_TheClientSendsNothing()
    {
        await using var phone = new Machine();

        Assert.Equal("secret_not_sent", (await phone.RunAsync(
            "pair", "http://192.0.2.1:5199", "--legacy-token-file", EarlierFiles.TokenFile(phone, "phone"), "--json")).Expect(ExitCodes.Refused).Code());
    }

    private Task<Finished> PairAsync(Machine device, string file, string name) => SameHostGateway.RunAsync(
        device, gateway[file], null, "pair", gateway[file].Url.ToString(), "--legacy-token-file", EarlierFiles.TokenFile(device, name), "--json");
}
