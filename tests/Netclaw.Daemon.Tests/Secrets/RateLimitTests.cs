using Netclaw.Daemon.Tests.Gateway;
using Netclaw.Protocol;

namespace Netclaw.Daemon.Tests.Secrets;

/// <summary>Guessing at the shared token from loopback, as a tunnel's strangers would.</summary>
public sealed class RateLimitTests : IAsyncLifetime
{
    private GatewayHost _host = null!;

    public async Task InitializeAsync() => _host = await GatewayHost.StartAsync("""{"auth":{"rateLimit":{"maxAttempts":3,"lockoutSeconds":120}}}""");

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task SaysWhenToTryAgain_AndLooksAtNothingUntilThen()
    {
        await LockOutAsync();
        var wrong = await _host.RefusalAsync(SecretHost.Token(SecretHost.Wrong));
        var right = await _host.RefusalAsync(SecretHost.Token(_host.Token()));

        Assert.Equal(("auth_rate_limited", true), (wrong.Code, wrong.Retryable));
        Assert.Equal("auth_rate_limited", right.Code);
        Assert.InRange(right.RetryAfterMs!.Value, 1, 120_000);
        Assert.DoesNotContain(SecretHost.Wrong, wrong.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task WhoeverHasAKey_IsNotHeldUp()
    {
        using var phone = new TestDevice("phone");
        await phone.PairAsync(_host);
        await LockOutAsync();

        await using (await phone.ConnectAsync(_host))
        {
        }

        // Not even together with a wrong token, which native devices do not need.
        var you = await _host.WhoAsync(phone.Request with { Auth = new ConnectAuth { Token = new Secret(SecretHost.Wrong) } });
        Assert.Equal("device-key", you.Method);
        await using var owner = await _host.OperatorAsync();
        Assert.False(owner.Closed.IsCompleted);
    }

    [Fact]
    public async Task ABogusDeviceToken_DoesNotSwitchTheLimiterOff()
    {
        for (var i = 0; i < 3; i++)
        {
            Assert.Equal("unauthorized", (await _host.RefusalAsync(Both(SecretHost.Wrong))).Code);
        }

        Assert.Equal("auth_rate_limited", (await _host.RefusalAsync(Both(SecretHost.Wrong))).Code);
        Assert.Equal("auth_rate_limited", (await _host.RefusalAsync(Both(_host.Token()))).Code);
    }

    [Fact]
    public async Task TheRightToken_StartsTheCountAnew()
    {
        for (var round = 0; round < 3; round++)
        {
            Assert.Equal("unauthorized", (await _host.RefusalAsync(SecretHost.Token(SecretHost.Wrong))).Code);
            Assert.Equal("unauthorized", (await _host.RefusalAsync(SecretHost.Token(SecretHost.Wrong))).Code);
            Assert.Equal("token", (await _host.WhoAsync(SecretHost.Token(_host.Token()))).Method);
        }
    }

    [Fact]
    public async Task NoTokenAtAll_IsNoGuess()
    {
        for (var i = 0; i < 6; i++)
        {
            Assert.Equal("unauthorized", (await _host.RefusalAsync(new ConnectRequest { Client = TestDevice.Client })).Code);
        }

        Assert.Equal("token", (await _host.WhoAsync(SecretHost.Token(_host.Token()))).Method);
    }

    private static ConnectRequest Both(string token) => SecretHost.With(new ConnectAuth { Token = new Secret(token), DeviceToken = new Secret("bogus") });

    private async Task LockOutAsync()
    {
        for (var i = 0; i < 3; i++)
        {
            Assert.Equal("unauthorized", (await _host.RefusalAsync(SecretHost.Token(SecretHost.Wrong))).Code);
        }
    }
}
