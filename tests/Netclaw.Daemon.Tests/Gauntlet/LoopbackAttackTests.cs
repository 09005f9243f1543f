using Netclaw.Actors.Trust;
using Netclaw.Protocol;
using static Netclaw.Daemon.Tests.Gauntlet.Run;

namespace Netclaw.Daemon.Tests.Gauntlet;

/// <summary>Loopback, a proxy's headers or a label taken for an identity.</summary>
public sealed class LoopbackAttackTests
{
    private const string Token = """{ "auth": { "mode": "token" } }""";
    private const string Tunnel = """{ "exposure": { "mode": "cloudflare-tunnel", "externalUrl": "https://agent.example.org", "skipTunnelProcessCheck": true } }""";

    [Fact, Attack("CVE-2026-25593", "A local process without any credential opens the gateway's WebSocket and changes its configuration.", "policy: shared-secret")]
    public Task CVE_2026_25593_ALocalProcess_ShowsNoCredential() => ProveAsync(
        Token, Weakened.Policy("shared-secret"), host => MintsACodeAsync(host, Hello()));

    [Fact, Attack("CVE-2026-29613", "Behind a reverse proxy every request comes from loopback, which the gateway trusted.", "evidence: forwarding headers")]
    public Task CVE_2026_29613_ThroughAProxyOnLoopback() => ProveAsync(
        """{ "auth": { "mode": "none" } }""",
        Weakened.Evidence((seen, _) => seen with { Forwarded = false }),
        host => GetsInAsync(host, Hello("\"operator.write\""), ("X-Forwarded-For", "203.0.113.66"), ("X-Forwarded-Proto", "https")));

    [Fact, Attack("CVE-2026-35663", "A remote client calls itself a backend, and the gateway lets backends in without pairing.", "the client's label is believed")]
    public Task CVE_2026_35663_AClientCallsItselfBackend() => ProveAsync(
        Tunnel,
        Weakened.Believing(asked => asked.Hello.Client.Mode == "backend" ? Operator(asked) : null),
        host => MintsACodeAsync(host, Hello(mode: "backend"), ("Host", "agent.example.org"), ("Cf-Connecting-Ip", "203.0.113.66")));

    [Fact, Attack("CVE-2026-53832", "A process on the gateway's own host sends the identity header that only the proxy should send.", "policy: final-hop")]
    public Task CVE_2026_53832_ALocalProcess_ForgesTheIdentityHeader() => ProveAsync(
        """
        { "exposure": { "trustedProxies": ["192.0.2.7"] }, "auth": { "mode": "trusted-proxy", "trustedProxy":
          { "userHeader": "x-forwarded-user", "allowUsers": ["admin@example.com"], "identityScopes": { "admin@example.com": ["operator.admin"] } } } }
        """,
        Weakened.Policy("final-hop"),
        host => GetsInAsync(host, Hello("\"operator.read\""), ("X-Forwarded-User", "admin@example.com"), ("X-Forwarded-Proto", "https")));

    [Fact, Attack("CVE-2022-24112", "A remote client names 127.0.0.1 in X-Real-IP, and rules for local callers apply to it.", "evidence: forwarding headers")]
    public Task CVE_2022_24112_AHeaderNamesLoopback() => ProveAsync(
        """{ "auth": { "mode": "none" } }""",
        Weakened.Evidence((seen, facts) => facts.Headers.Any(line => line is { Name: "X-Real-IP", Value: "127.0.0.1" }) ? seen with { Forwarded = false } : seen),
        host => GetsInAsync(host, Hello("\"operator.write\""), ("X-Real-IP", "127.0.0.1")));

    [Fact, Attack("CVE-2026-32896", "Where no password is configured, a guess at whether the caller is local behind a proxy stands in for one.", "policy: auth-none")]
    public Task CVE_2026_32896_WithoutAPassword_AGuessAtThePlaceDecides() => ProveAsync(
        """{ "auth": { "mode": "none" } }""",
        Weakened.Policy("auth-none"),
        host => GetsInAsync(host, Hello("\"operator.write\""), ("Via", "1.1 proxy")));

    private static AccessDecision Operator(AccessQuestion asked) =>
        new AccessDecision.Granted(new Principal(AuthMethod.None, asked.Hello.Role, ScopeSet.All, Device: null, "backend"));
}
