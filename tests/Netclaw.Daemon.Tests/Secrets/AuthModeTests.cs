using Netclaw.Daemon.Tests.Gateway;
using Netclaw.Protocol;

namespace Netclaw.Daemon.Tests.Secrets;

/// <summary>Each auth mode that needs no proxy, over real sockets.</summary>
public sealed class AuthModeTests
{
    private const string Password = "correct horse battery staple";

    [Fact]
    public async Task ATokenIsMade_AtTheFirstStart_AndLetsTheLocalOperatorIn()
    {
        await using var host = await GatewayHost.StartAsync();

        Assert.Equal(43, host.Token().Length);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(host.Home.GatewayTokenFile));
        var you = await host.WhoAsync(SecretHost.Token(host.Token()));
        Assert.Equal(("token", Role.Operator, ScopeSet.All), (you.Method, you.Role, you.Scopes));
    }

    [Fact]
    public async Task TheTokenStays_OverARestart()
    {
        var first = await GatewayHost.StartAsync();
        var token = first.Token();
        await using var second = await first.RestartAsync();

        Assert.Equal("token", (await second.WhoAsync(SecretHost.Token(token))).Method);
    }

    [Fact]
    public async Task RefusesTheWrongToken_AndNone()
    {
        await using var host = await GatewayHost.StartAsync();

        Assert.Equal("unauthorized", (await host.RefusalAsync(SecretHost.Token(SecretHost.Wrong))).Code);
        Assert.Equal("unauthorized", (await host.RefusalAsync(SecretHost.Token(host.Token()[..^1]))).Code);
        Assert.Equal("unauthorized", (await host.RefusalAsync(SecretHost.Token(host.Token() + "A"))).Code);
        Assert.Equal("unauthorized", (await host.RefusalAsync(new ConnectRequest { Client = TestDevice.Client })).Code);
    }

    [Theory]
    [InlineData("token")]
    [InlineData("access_token")]
    [InlineData("password")]
    [InlineData("auth")]
    public async Task NeverTakesATokenFromAUrl(string parameter)
    {
        await using var host = await GatewayHost.StartAsync();
        using var hub = await RawHub.OpenAsync(host.Address, $"&{parameter}={host.Token()}");
        await hub.CallAsync("1", "connect", RawHub.PlainConnect);

        Assert.Equal("unauthorized", await hub.ClosingAsync());
    }

    [Fact]
    public async Task ThePasswordCounts_WhereThatIsTheMode_AndATokenIsNotLookedAt()
    {
        await using var host = await GatewayHost.StartAsync("{\"auth\":{\"mode\":\"password\",\"password\":\"" + Password + "\",\"rateLimit\":{\"maxAttempts\":2}}}");
        for (var i = 0; i < 5; i++)
        {
            Assert.Equal("unauthorized", (await host.RefusalAsync(SecretHost.Token(SecretHost.Wrong))).Code);
        }

        Assert.False(File.Exists(host.Home.GatewayTokenFile));
        Assert.Equal("password", (await host.WhoAsync(SecretHost.With(new ConnectAuth { Password = new Secret(Password) }))).Method);
        Assert.Equal("password", (await host.WhoAsync(SecretHost.With(new ConnectAuth { Password = new Secret(Password), Token = new Secret(SecretHost.Wrong) }))).Method);
        Assert.Equal("unauthorized", (await host.RefusalAsync(SecretHost.With(new ConnectAuth { Password = new Secret("incorrect horse") }))).Code);
    }

    [Fact]
    public async Task ASecretOfTheEnvironment_GoesBeforeAllOthers()
    {
        const string FromEnvironment = "environment-token-0123456789-abcdef";
        await using var host = await GatewayHost.StartAsync(
            """{"auth":{"token":"configured-token-0123456789-abcdef"}}""", environment: name => name == "NETCLAW_GATEWAY_TOKEN" ? FromEnvironment : null);

        Assert.Equal("token", (await host.WhoAsync(SecretHost.Token(FromEnvironment))).Method);
        Assert.Equal("unauthorized", (await host.RefusalAsync(SecretHost.Token("configured-token-0123456789-abcdef"))).Code);
        Assert.False(File.Exists(host.Home.GatewayTokenFile));
    }

    [Fact]
    public async Task AFileThatIsNamed_GoesBeforeAValueThatIsWrittenOut()
    {
        const string Filed = "a-token-of-a-file-0123456789-ABCDEF";
        await using var host = await GatewayHost.StartAsync(
            """{"auth":{"tokenFile":"my.token","token":"configured-token-0123456789-abcdef"}}""",
            prepare: home => PrivateFile.CreateAtomically(Path.Combine(home.Root, "my.token"), System.Text.Encoding.ASCII.GetBytes(Filed + "\n")));

        Assert.Equal("token", (await host.WhoAsync(SecretHost.Token(Filed))).Method);
        Assert.Equal("unauthorized", (await host.RefusalAsync(SecretHost.Token("configured-token-0123456789-abcdef"))).Code);
    }

    [Fact]
    public async Task ModeNone_ServesDirectLoopback_WithReadAndWrite()
    {
        await using var host = await GatewayHost.StartAsync("""{"auth":{"mode":"none"}}""");
        var you = await host.WhoAsync(new ConnectRequest { Client = TestDevice.Client, Scopes = ScopeSet.All });

        Assert.Equal("none", you.Method);
        Assert.False(you.Scopes.Covers(Scope.Admin));
        Assert.True(you.Scopes.Covers(Scope.Write));
    }

    [Fact]
    public async Task WhatASecretGrants_IsTheOwnersChoice_NotTheClients()
    {
        await using var host = await GatewayHost.StartAsync("""{"auth":{"sharedSecretScopes":{"local":["read"]}}}""");
        var you = await host.WhoAsync(SecretHost.Token(host.Token()) with { Scopes = ScopeSet.All });

        Assert.Equal("operator.read", Assert.Single(you.Scopes.ToNames()));
    }

    [Fact]
    public async Task NothingOfASecret_IsInLogAuditOrRunFile()
    {
        await using var host = await GatewayHost.StartAsync("""{"logging":{"level":"Trace"}}""");
        var token = host.Token();
        await host.WhoAsync(SecretHost.Token(token));
        await host.RefusalAsync(SecretHost.Token(SecretHost.Wrong));
        await host.StopAsync();

        foreach (var file in Directory.EnumerateFiles(host.Home.Root, "*", SearchOption.AllDirectories).Where(file => file != host.Home.GatewayTokenFile))
        {
            var text = await File.ReadAllTextAsync(file);
            Assert.False(text.Contains(token, StringComparison.Ordinal) || text.Contains(SecretHost.Wrong, StringComparison.Ordinal), file);
        }
    }
}
