using Netclaw.Protocol;
using static Netclaw.Actors.Trust.AccessDecision;

namespace Netclaw.Actors.Trust;

/// <summary>Host and Origin, before anything else (trust.md section 8).</summary>
internal static class BrowserChecks
{
    public static AccessDecision? ForeignHost(AccessQuestion asked) => asked.Evidence.HostAllowed
        ? null
        : new Refused(RefusalCode.HostNotAllowed, "host", asked.Evidence.Host is { } host ? $"Host {Shown.Line(host)}" : "no Host header");

    public static AccessDecision? ForeignOrigin(AccessQuestion asked) => asked.Evidence switch
    {
        { Origin: { } origin, OriginAllowed: false } => Foreign(asked, $"Origin {Shown.Line(origin)}"),
        { Origin: null, CrossSite: true } => Foreign(asked, "Sec-Fetch-Site says that a page of another site asked"),
        _ => null,
    };

    private static Refused Foreign(AccessQuestion asked, string seen) => new(
        asked.Options.Auth == AuthMode.TrustedProxy ? RefusalCode.TrustedProxyOriginNotAllowed : RefusalCode.OriginNotAllowed, "origin", seen);
}
