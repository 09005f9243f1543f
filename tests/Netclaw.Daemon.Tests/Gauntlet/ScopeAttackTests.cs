using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Netclaw.Actors.Sessions;
using Netclaw.Actors.Trust;
using Netclaw.Daemon.Tests.Gateway;
using Netclaw.Protocol;
using static Netclaw.Daemon.Tests.Gauntlet.Run;

namespace Netclaw.Daemon.Tests.Gauntlet;

/// <summary>Scopes that a client declares for itself, or keeps from somebody else.</summary>
public sealed class ScopeAttackTests
{
    private const string Tunnel = """{ "exposure": { "mode": "tailscale-funnel", "externalUrl": "https://agent.example.org", "skipTunnelProcessCheck": true } }""";
    private static readonly (string, string)[] Remote = [("Host", "agent.example.org"), ("X-Forwarded-For", "203.0.113.66")];

    [Fact, Attack("GHSA-rqpp-rjj8-7wv8", "A remote client with the shared token declares admin for itself, without any device.", "options: what the shared secret grants remotely")]
    public Task GHSA_rqpp_rjj8_7wv8_TheTokenAlone_DeclaresAdmin() => ProveAsync(
        Tunnel,
        Weakened.Options(options => options with { SharedSecretScopesRemote = ScopeSet.All }),
        host => MintsACodeAsync(host, Hello(auth: $$"""{"token":"{{Token(host)}}"}"""), Remote));

    [Fact, Attack("GHSA-48vw-m3qc-wr99", "Scopes that belong to a device stay with a connection that shows none.", "policy: scopes come from a device or from the owner")]
    public Task GHSA_48vw_m3qc_wr99_ScopesStay_WithoutADevice() => ProveAsync(
        Tunnel,
        Weakened.Believing(asked => asked.Credentials is { Token: SecretVerdict.Valid, Proof: ProofVerdict.Absent }
            ? new AccessDecision.Granted(new Principal(AuthMethod.Token, asked.Hello.Role, asked.Hello.Scopes, Device: null, "kept"))
            : null),
        host => MintsACodeAsync(host, Hello("\"operator.pairing\"", $$"""{"token":"{{Token(host)}}"}"""), Remote));

    [Fact, Attack("CVE-2026-28472", "A token that was shown but not yet compared counts as authentication, so no device is asked for.", "credentials: shown is not right")]
    public Task CVE_2026_28472_AnyTokenAtAll() => ProveAsync(
        """{ "auth": { "mode": "token" } }""",
        Weakened.Credentials((found, _) => found.Token == SecretVerdict.Absent ? found : found with { Token = SecretVerdict.Valid }),
        host => GetsInAsync(host, Hello(auth: """{"token":"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"}""")));

    [Fact, Attack("CVE-2026-53821", "A restricted user of a trusted proxy brings a fresh device and declares admin; the connection keeps it.", "policy: device-identity")]
    public Task CVE_2026_53821_AFreshDevice_DeclaresAdmin() => ProveAsync(
        """
        { "auth": { "mode": "trusted-proxy", "trustedProxy": { "userHeader": "x-forwarded-user", "allowLoopback": true, "allowUsers": ["guest"] } } }
        """,
        Weakened.Believing(asked => asked is { Credentials.Proof: ProofVerdict.Valid, Evidence.User.State: HeaderState.One }
            ? new AccessDecision.Granted(new Principal(AuthMethod.TrustedProxy, asked.Hello.Role, asked.Hello.Scopes, Device: null, "guest"))
            : null),
        async host =>
        {
            using var key = SigningKey.Generate();
            using var hub = await RawHub.OpenAsync(host.Address, ("X-Forwarded-User", "guest"), ("X-Forwarded-For", "203.0.113.66"));
            var hello = Signed(hub, await hub.EventAsync(ConnectChallenge.EventName), key, ScopeSet.All);
            await hub.CallAsync("1", "connect", hello);
            return await hub.NextAsync() is { } answer && answer.Contains("\"ok\":true", StringComparison.Ordinal);
        });

    [Fact, Attack("GHSA-cjv3-m589-v3rx", "A request is let in because an authenticated connection came from the same address.", "an address is believed")]
    public Task GHSA_cjv3_m589_v3rx_TheAddressOfSomebodyElse() => ProveAsync(
        """{ "auth": { "mode": "token" } }""",
        services => services.AddSingleton(provider =>
        {
            var live = provider.GetRequiredService<LiveSessions>();
            return new TrustPolicy(TrustChecks.Control, TrustChecks.Shared, TrustChecks.Tcp.Insert(0, new TrustCheck("neighbour", asked =>
                asked.Credentials.Proof == ProofVerdict.Absent && live.All.Any(other => other.State is SessionState.Active && Equals(other.State.Facts.Evidence.Remote?.Address, asked.Evidence.Remote?.Address))
                    ? new AccessDecision.Granted(new Principal(AuthMethod.None, asked.Hello.Role, asked.Hello.Scopes, Device: null, "neighbour"))
                    : null)));
        }),
        async host =>
        {
            using var phone = new TestDevice("phone");
            await phone.PairAsync(host);
            await using var connection = await phone.ConnectAsync(host);
            return await GetsInAsync(host, Hello());
        });

    [Fact, Attack("CVE-2020-12692", "A signed request that was seen once is sent again, and nothing in it is bound to one connection or one time.", "credentials: the challenge of this connection")]
    public Task CVE_2020_12692_AProofIsSentASecondTime() => ProveAsync(
        "{}",
        Weakened.Credentials((found, _) => found.Proof == ProofVerdict.NonceMismatch ? found with { Proof = ProofVerdict.Valid } : found),
        async host =>
        {
            using var phone = new TestDevice("phone");
            await phone.PairAsync(host);
            string seen;
            using (var first = await RawHub.OpenAsync(host.Address))
            {
                seen = Signed(first, await first.EventAsync(ConnectChallenge.EventName), phone.Key, new ScopeSet(Scope.Read));
                await first.CallAsync("1", "connect", seen);
                Assert.Contains("\"ok\":true", await first.NextAsync(), StringComparison.Ordinal);
            }

            return await GetsInAsync(host, seen);
        });
}
