using Microsoft.Extensions.DependencyInjection;
using Netclaw.Actors.Trust;
using Netclaw.Actors.Trust.Secrets;
using Netclaw.Daemon.Tests.Gateway;
using Netclaw.Protocol;
using static Netclaw.Daemon.Tests.Gauntlet.Run;

namespace Netclaw.Daemon.Tests.Gauntlet;

/// <summary>Secrets that still open something, or that are sent to the wrong place.</summary>
public sealed class SecretAttackTests
{
    [Fact, Attack("GHSA-m8wm-r5vq-qjpg", "A secret that was rotated is still accepted, because it was read once at the start.", "secrets: read again when changed")]
    public Task GHSA_m8wm_r5vq_qjpg_ARotatedToken_StillOpens() => ProveAsync(
        """{ "auth": { "mode": "token" } }""",
        services =>
        {
            var real = services.Last(service => service.ServiceType == typeof(ISharedSecret)).ImplementationFactory!;
            services.AddSingleton<ISharedSecret>(provider => new ReadOnce(((ISharedSecret)real(provider)).Read()));
        },
        async host =>
        {
            var old = Token(host);
            await File.WriteAllTextAsync(Path.Combine(host.Home.Root, "keys", "gateway.token"), "bmV3LXRva2VuLW5ldy10b2tlbi1uZXctdG9rZW4tbmV3");
            return await GetsInAsync(host, Hello(auth: $$"""{"token":"{{old}}"}"""));
        });

    [Fact, Attack("CVE-2026-25253", "A link names another gateway, and the client sends it the token that it keeps for its own.", "client: the pinned key of the gateway")]
    public async Task CVE_2026_25253_ALink_SendsTheTokenToAnotherGateway()
    {
        await using var own = await GatewayHost.StartAsync();
        var seen = 0;
        await using var attacker = await GatewayHost.StartAsync(overrides: Weakened.Credentials((found, offer) =>
        {
            seen += offer.Hello.Auth?.Token is null ? 0 : 1;
            return found;
        }));
        Assert.True(KeyFile.Load(own.Home.GatewayKey) is KeyFileResult.Loaded);
        var pin = ((KeyFileResult.Loaded)KeyFile.Load(own.Home.GatewayKey)).Key.Public.HashText;

        await SendAsync(attacker, pinned: null, Token(own));
        Assert.Equal(1, seen);

        await Assert.ThrowsAsync<GatewayException>(() => SendAsync(attacker, pin, Token(own), expectRefusal: false));
        Assert.Equal(1, seen);
    }

    private static async Task SendAsync(GatewayHost to, string? pinned, string token, bool expectRefusal = true)
    {
        await using var connection = await GatewayConnection.OpenAsync(
            to.Tcp, new GatewayConnectionOptions { PinnedKeyHash = pinned }, CancellationToken.None).WaitAsync(GatewayHost.Bound);
        var connect = connection.ConnectAsync(new ConnectRequest { Client = TestDevice.Client, Auth = new ConnectAuth { Token = new Secret(token) } }, CancellationToken.None).WaitAsync(GatewayHost.Bound);
        if (expectRefusal)
        {
            await Assert.ThrowsAsync<GatewayException>(() => connect);
            return;
        }

        await connect;
    }

    [Fact, Attack("CWE-307", "A guesser sends a made-up device token along, and the limiter takes the guess for a device's.", "limiter: guesses are counted whatever comes with them")]
    public Task CWE_307_ABogusDeviceToken_SwitchesTheLimiterOff() => ProveAsync(
        """{ "auth": { "rateLimit": { "maxAttempts": 3 } } }""",
        services => services.AddSingleton(new CredentialLimits { MaxAttempts = int.MaxValue, GlobalPerMinute = int.MaxValue }),
        async host =>
        {
            var last = "";
            for (var guess = 0; guess < 6; guess++)
            {
                using var hub = await RawHub.OpenAsync(host.Address);
                await hub.EventAsync(ConnectChallenge.EventName);
                await hub.CallAsync("1", "connect", Hello(auth: """{"token":"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA","deviceToken":"BBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBB"}"""));
                last = await hub.ClosingAsync();
            }

            return last != "auth_rate_limited";
        });

    private sealed class ReadOnce(SharedSecretReading only) : ISharedSecret
    {
        public SharedSecretReading Read() => only;
    }
}
