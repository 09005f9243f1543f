using Netclaw.Actors.Trust;
using Netclaw.Actors.Trust.Reading;
using static Netclaw.Daemon.Tests.Gauntlet.Run;

namespace Netclaw.Daemon.Tests.Gauntlet;

/// <summary>Headers that reach the gateway through a proxy that did not mean to send them. The test stands where the proxy stands, on loopback.</summary>
public sealed class HeaderAttackTests
{
    private const string Proxied = """
        { "auth": { "mode": "trusted-proxy", "trustedProxy": { "userHeader": "x-forwarded-user", "requiredHeaders": ["x-team"], "allowLoopback": true, "allowUsers": ["alice"] } } }
        """;

    private static readonly (string, string) Team = ("X-Team", "home");
    private static readonly string Reads = Hello("\"operator.read\"");

    [Fact, Attack("CVE-2025-64484", "A client sends X_Forwarded_User; the proxy strips only the spelling with hyphens, and the server reads both as one.", "evidence: underscore twins")]
    public Task CVE_2025_64484_AnUnderscoreTwin_StandsBesideTheRealHeader() => ProveAsync(
        Proxied,
        // What a server does that spells every header with hyphens and takes the last.
        Weakened.Evidence((seen, facts) => seen with { User = HeaderReading.Of(facts.Headers.Last(line => line.Name.Replace('_', '-').Equals("X-Forwarded-User", StringComparison.OrdinalIgnoreCase)).Value) }),
        host => GetsInAsync(host, Reads, ("X-Forwarded-User", "mallory"), ("X_Forwarded_User", "alice"), Team));

    [Fact, Attack("CVE-2025-48865", "A client names the proxy's headers in Connection, and the next hop drops or distrusts them as headers of one hop.", "evidence: headers named by Connection")]
    public Task CVE_2025_48865_ConnectionNames_TheIdentityHeader() => ProveAsync(
        Proxied,
        Weakened.Facts(facts => facts with { Headers = facts.Headers.Without("Connection") }),
        host => GetsInRawAsync(host, Reads, "Host: 127.0.0.1", "Connection: Upgrade, X-Forwarded-User", "X-Forwarded-User: alice", "X-Team: home"));

    [Fact, Attack("CVE-2026-40574", "A user name with two @ ends like an allowed one, and the list of who may come in is compared by its end.", "policy: allow-users")]
    public Task CVE_2026_40574_ANameThatEndsLikeAnAllowedOne() => ProveAsync(
        Proxied, Weakened.Policy("allow-users"), host => GetsInAsync(host, Reads, ("X-Forwarded-User", "mallory@evil.example@alice"), Team));

    [Fact, Attack("CVE-2026-40575", "A client supplies a forwarding header that the proxy should have set, and rules that skip authentication believe it.", "policy: required-headers and user")]
    public Task CVE_2026_40575_ASuppliedUri_SkipsAuthentication() => ProveAsync(
        Proxied,
        Weakened.Believing(asked => asked.Evidence.Forwarded ? new AccessDecision.Granted(new Principal(AuthMethod.TrustedProxy, asked.Hello.Role, asked.Hello.Scopes, Device: null, "skipped")) : null),
        host => GetsInAsync(host, Reads, ("X-Forwarded-Uri", "/healthz")));

    [Fact, Attack("CVE-2025-29927", "A header that only the server itself should send tells it that authentication was already done.", "policy: nothing but the configured header names the user")]
    public Task CVE_2025_29927_AnInternalHeader_SaysThatItWasDone() => ProveAsync(
        Proxied,
        Weakened.Evidence((seen, facts) => facts.Headers.Any(line => line.Name == "x-middleware-subrequest") ? seen with { User = HeaderReading.Of("alice"), MissingHeader = null } : seen),
        host => GetsInAsync(host, Reads, ("x-middleware-subrequest", "middleware:middleware:middleware")));

    [Fact, Attack("CVE-2026-76835", "The set of trusted proxies is the whole Internet, so everybody's headers are believed.", "start-up: width of trustedProxies")]
    public async Task CVE_2026_76835_EverybodyIsATrustedProxy()
    {
        const string Wide = """
            { "exposure": { "mode": "reverse-proxy", "trustedProxies": ["0.0.0.0/0"] }, "listen": { "address": "0.0.0.0" },
              "auth": { "mode": "trusted-proxy", "trustedProxy": { "userHeader": "x-forwarded-user", "allowLoopback": true } } }
            """;
        await ProveAsync(
            Proxied,
            Weakened.Options(options => options with
            {
                TrustedProxies = NetworkSet.Of([System.Net.IPNetwork.Parse("0.0.0.0/0")]), TrustedProxy = new TrustedProxyOptions { UserHeader = "x-forwarded-user", AllowLoopback = true },
            }),
            host => GetsInAsync(host, Reads, ("X-Forwarded-User", "anybody")));
        Assert.Contains("trustedProxies", await Refusal.ToStartAsync(Wide), StringComparison.Ordinal);
    }
}
