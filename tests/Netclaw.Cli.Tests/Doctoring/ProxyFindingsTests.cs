using System.Collections.Immutable;
using Netclaw.Cli.Doctoring;
using Netclaw.Protocol;

namespace Netclaw.Cli.Tests.Doctoring;

public sealed class ProxyFindingsTests
{
    private static readonly ProbeSettings Users = new("reverse-proxy", "trusted-proxy", ["10.0.0.7/32"], ["x-team"], AllowLoopback: false, LoopbackUser: false, UserHeader: "X-Forwarded-User");

    private static readonly ProbeHeader[] Good =
    [
        new("Netclaw-Probe", false), new("Host", false, "gateway.example.org"), new("X-Forwarded-For", false, "198.51.100.9"), new("X-Forwarded-User", false, "alice"), new("x-team", false),
    ];

    [Fact]
    public void Nothing_WhenTheProxyDoesWhatItShould() => Assert.Empty(Of(Good));

    [Fact]
    public void Identity_ThatAClientCanSay_IsAnError() =>
        Assert.Equal(["identity_forged"], Ids(Of(With("X-Forwarded-User", new ProbeHeader("X-Forwarded-User", true, ProxyProbe.Decoy)))));

    [Fact]
    public void Identity_SaidBesideTheProxys_IsAnError() =>
        Assert.Equal(["identity_forged"], Ids(Of([.. Good, new ProbeHeader("x-forwarded-user", true, ProxyProbe.Decoy)])));

    [Fact]
    public void Identity_Twice_IsAnError() =>
        Assert.Equal(["identity_twice"], Ids(Of([.. Good, new ProbeHeader("x-forwarded-user", false, "bob")])));

    [Theory]
    [InlineData(null)]
    [InlineData(" ")]
    public void Identity_ThatIsNotSaid_IsAnError(string? value) =>
        Assert.Equal(["identity_missing"], Ids(Of(value is null ? With("X-Forwarded-User") : With("X-Forwarded-User", new ProbeHeader("X-Forwarded-User", false, value)))));

    [Fact]
    public void Twin_WithUnderscores_IsAWarning()
    {
        var finding = Assert.Single(Of([.. Good, new ProbeHeader("X_Forwarded_User", true, ProxyProbe.Decoy)]));

        Assert.Equal(("identity_twin", Severity.Warning), (finding.Id, finding.Severity));
    }

    [Fact]
    public void RequiredHeader_ThatIsMissing_OrTheClients_IsAnError()
    {
        Assert.Equal(["required_header_missing"], Ids(Of(With("x-team"))));
        Assert.Equal(["required_header_forged"], Ids(Of(With("x-team", new ProbeHeader("X-Team", true)))));
    }

    [Fact]
    public void LastHop_ThatIsNotListed_IsAnErrorWithTheKeyToSet()
    {
        var finding = Assert.Single(Of(Good, arrived => arrived with { LastHop = new ProbeVerdict("trusted_proxy_untrusted_source", "10.0.0.8 is not in exposure.trustedProxies") }));

        Assert.Equal("source_refused", finding.Id);
        Assert.Contains("exposure.trustedProxies: [\"10.0.0.7\"]", Assert.Single(finding.Fix).Line, StringComparison.Ordinal);
    }

    [Fact]
    public void SilentProxyOnThisMachine_IsAnError_WhereLoopbackLetsIn()
    {
        var settings = Users with { AllowLoopback = true, LoopbackUser = true };

        var onLoopback = Assert.Single(Of(With("X-Forwarded-For"), arrived => arrived with { Place = "loopback" }, settings));
        var elsewhere = Assert.Single(Of(With("X-Forwarded-For"), null, settings));

        Assert.Equal(("forwarding_missing", Severity.Error), (onLoopback.Id, onLoopback.Severity));
        Assert.Equal(("forwarding_missing", Severity.Warning), (elsewhere.Id, elsewhere.Severity));
    }

    [Fact]
    public void ClientOfItsOwnChoice_IsAnError_HoweverItWasResolved() =>
        Assert.Equal(["client_forged"], Ids(Of(Good, arrived => arrived with { Client = ProxyProbe.DecoyAddress })));

    [Theory]
    [InlineData(null, "forwarding_missing")]
    [InlineData(ProxyProbe.DecoyAddress, "client_forged")]
    [InlineData("198.51.100.31", null)]
    public void Tunnel_IsJudgedByWhomItNames_NotByWhatItPassesOn(string? client, string? finding)
    {
        var settings = Users with { Exposure = "cloudflare-tunnel", AuthMode = "token", RequiredHeaders = [], UserHeader = null };
        ProbeHeader[] headers = [.. With("X-Forwarded-For"), new("Forwarded", true, $"for={ProxyProbe.DecoyAddress}"), new("X-Real-IP", true, ProxyProbe.DecoyAddress)];

        Assert.Equal(finding is null ? [] : [finding], Ids(Of(headers, arrived => arrived with { Client = client }, settings)));
    }

    [Fact]
    public void Refusal_ThatNothingElseExplains_IsShown()
    {
        var finding = Assert.Single(Of(Good, arrived => arrived with { Decision = new ProbeVerdict("trusted_proxy_user_not_allowed", "alice is not in auth.trustedProxy.allowUsers") }));

        Assert.Equal("request_refused", finding.Id);
        Assert.Contains("netclaw explain trusted_proxy_user_not_allowed", Assert.Single(finding.Fix).Line, StringComparison.Ordinal);
    }

    [Fact]
    public void ProxyThatIsKnown_GetsItsOwnLineOnly_AnyOtherAllOfThem()
    {
        var known = Assert.Single(Of(With("X-Forwarded-User"), null, null, "nginx/1.22.1"));
        var unknown = Assert.Single(Of(With("X-Forwarded-User"), null, null, "lighttpd"));

        Assert.Equal(["nginx"], known.Fix.Select(fix => fix.Where));
        Assert.Equal(["nginx", "Caddy", "HAProxy"], unknown.Fix.Select(fix => fix.Where));
        Assert.Equal("header_up X-Forwarded-User {http.auth.user.id}", unknown.Fix[1].Line);
    }

    private static ProbeHeader[] With(string name, params ProbeHeader[] instead) => [.. Good.Where(header => header.Name != name), .. instead];

    private static ImmutableArray<ProxyFinding> Of(
        ProbeHeader[] headers, Func<ProbeArrival, ProbeArrival>? change = null, ProbeSettings? settings = null, string? server = null)
    {
        var arrived = new ProbeArrival(Limits.HubPath, "HTTP/1.1", true, "10.0.0.7", "elsewhere", true, [.. headers]);
        return ProxyFindings.Of(new ProbeOutcome(
            new Uri("https://gateway.example.org"), false, settings ?? Users, new ProbeAnswer(101, server, null, null, true), change?.Invoke(arrived) ?? arrived));
    }

    private static IEnumerable<string> Ids(IEnumerable<ProxyFinding> findings) => findings.Select(finding => finding.Id);
}
