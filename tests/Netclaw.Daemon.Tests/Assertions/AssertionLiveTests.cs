using Microsoft.Extensions.DependencyInjection;
using Netclaw.Daemon.Tests.Gateway;
using Netclaw.Protocol;

namespace Netclaw.Daemon.Tests.Assertions;

/// <summary>A signed assertion on a real connection, as a proxy on loopback would send it.</summary>
public sealed class AssertionLiveTests : IDisposable
{
    private readonly TestIssuer _issuer = new();

    public void Dispose() => _issuer.Dispose();

    [Fact]
    public async Task LetsInWhomTheProxySigned_ByKeysFromAFile_AndSaysWhyNotOtherwise()
    {
        await using var host = await GatewayHost.StartAsync(
            Config("proxy-keys.json"), prepare: home => File.WriteAllText(Path.Combine(home.Root, "proxy-keys.json"), _issuer.KeySet));
        var now = TimeProvider.System.GetUtcNow();
        var expired = TestIssuer.Claims(now.AddHours(-1));
        var elsewhere = TestIssuer.Claims(now);
        elsewhere["aud"] = "another";
        using var stranger = new TestIssuer();

        Assert.Equal("hello-ok", await AnswerAsync(host, _issuer.Sign(TestIssuer.Claims(now))));
        Assert.Equal("assertion_missing", await AnswerAsync(host, null));
        Assert.Equal("assertion_malformed", await AnswerAsync(host, _issuer.Sign(TestIssuer.Claims(now), "none")));
        Assert.Equal("assertion_signature_invalid", await AnswerAsync(host, stranger.Sign(TestIssuer.Claims(now))));
        Assert.Equal("assertion_expired", await AnswerAsync(host, _issuer.Sign(expired)));
        Assert.Equal("assertion_audience_mismatch", await AnswerAsync(host, _issuer.Sign(elsewhere)));

        File.Delete(Path.Combine(host.Home.Root, "proxy-keys.json"));
        Assert.Equal("assertion_keys_unavailable", await AnswerAsync(host, _issuer.Sign(TestIssuer.Claims(now))));
    }

    [Fact]
    public async Task FetchesTheKeys_OverHttps_WhenTheFirstAssertionComes()
    {
        await using var server = await KeyServer.StartAsync();
        server.Serve(_issuer.KeySet);
        await using var host = await GatewayHost.StartAsync(Config(server.Url.AbsoluteUri), services => services.AddSingleton(server.Trusting));
        Assert.Equal(0, server.Asked);

        var good = _issuer.Sign(TestIssuer.Claims(TimeProvider.System.GetUtcNow()));
        Assert.Equal("hello-ok", await AnswerAsync(host, good));
        Assert.Equal("hello-ok", await AnswerAsync(host, good));
        Assert.Equal(1, server.Asked);
    }

    [Fact]
    public async Task NothingOfAnAssertion_IsWrittenAnywhere()
    {
        await using var host = await GatewayHost.StartAsync(
            Config("proxy-keys.json", """ "logging":{"level":"Trace"}, """), prepare: home => File.WriteAllText(Path.Combine(home.Root, "proxy-keys.json"), _issuer.KeySet));
        var good = _issuer.Sign(TestIssuer.Claims(TimeProvider.System.GetUtcNow()));
        await AnswerAsync(host, good);
        await AnswerAsync(host, good + "A");
        await host.StopAsync();

        foreach (var file in Directory.EnumerateFiles(host.Home.Root, "*", SearchOption.AllDirectories))
        {
            Assert.False((await File.ReadAllTextAsync(file)).Contains(good.Split('.')[1], StringComparison.Ordinal), file);
        }
    }

    private static string Config(string keySet, string more = "") => $$"""
        {
          {{more}}
          "auth": { "mode": "trusted-proxy", "trustedProxy": {
            "allowLoopback": true,
            "assertion": { "header": "x-assertion", "issuer": "{{TestIssuer.Issuer}}", "audience": "{{TestIssuer.Audience}}", "keySet": "{{keySet}}" } } }
        }
        """;

    private static async Task<string> AnswerAsync(GatewayHost host, string? assertion)
    {
        using var hub = await RawHub.OpenAsync(host.Address, assertion is null ? [] : [("x-assertion", assertion)]);
        await hub.EventAsync(ConnectChallenge.EventName);
        await hub.CallAsync("1", "connect", RawHub.PlainConnect);
        return await hub.NextAsync() is { } answer && answer.Contains("hello-ok", StringComparison.Ordinal) ? "hello-ok" : await hub.ClosingAsync();
    }
}
