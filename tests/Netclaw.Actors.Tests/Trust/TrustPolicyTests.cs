using Netclaw.Protocol;

namespace Netclaw.Actors.Trust;

/// <summary>What a refusal tells; what is decided stands in the enumeration.</summary>
public sealed class TrustPolicyTests
{
    [Fact]
    public void NamesTheUser_WhoIsRefused()
    {
        var refused = Ask.Loopback.Seen(evidence => evidence with { Listener = ListenerKind.Control, Peer = new PeerProcess(1001, 1001, 7, [], false) }).Refused();
        Assert.Equal(RefusalCode.PeerUidNotAllowed, refused.Code);
        Assert.Contains("1001", refused.Seen, StringComparison.Ordinal);
    }

    [Fact]
    public void ShowsWhatWasSent_WithoutControlCharacters()
    {
        var refused = Ask.Loopback.Seen(evidence => evidence with { HostAllowed = false, Host = "a\r\nb" + new string('x', 300) }).Refused();
        Assert.Equal(RefusalCode.HostNotAllowed, refused.Code);
        Assert.DoesNotContain('\n', refused.Seen);
        Assert.True(refused.Seen.Length < 160);
    }

    [Fact]
    public void NamesTheHeader_ThatIsMissing() => Assert.Equal("trusted_proxy_missing_header_x-team", Ask.Loopback.Seen(evidence => evidence with { MissingHeader = "x-team" })
        .Under(options => options with { Auth = AuthMode.TrustedProxy, TrustedProxy = new TrustedProxyOptions { UserHeader = "x-user", AllowLoopback = true } }).Refused().CodeName);

    [Fact]
    public void RefusesEverybody_WhereATableHasNoAnswer()
    {
        var refused = Assert.IsType<AccessDecision.Refused>(new TrustPolicy([], [], []).Decide(Ask.Loopback, out var answered));
        Assert.Equal((RefusalCode.Unauthorized, 0), (refused.Code, answered));
    }
}
