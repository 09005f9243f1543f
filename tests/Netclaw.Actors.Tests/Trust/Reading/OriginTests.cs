namespace Netclaw.Actors.Trust.Reading;

public sealed class OriginTests
{
    private static readonly EvidenceRules Rules = Request.From("127.0.0.1").Rules with
    {
        ExternalUrl = new Uri("https://Gateway.Example/netclaw"),
        Origins = [Origin("https://panel.example:8443"), Origin("chrome-extension://abcdefghijklmnop")],
    };

    [Theory]
    [InlineData("http://localhost:5199", true)]
    [InlineData("http://127.0.0.1:5199", true)]
    [InlineData("http://[::1]:5199", true)]
    [InlineData("http://localhost:3000", false)]
    [InlineData("http://localhost", false)]
    [InlineData("https://localhost:5199", false)]
    [InlineData("http://evil.example:5199", false)]
    [InlineData("http://localhost.evil.example:5199", false)]
    [InlineData("http://127.evil.example:5199", false)]
    [InlineData("http://127.0.0.1.evil.example:5199", false)]
    [InlineData("http://localhost.:5199", false)]
    [InlineData("http://user@localhost:5199", false)]
    [InlineData("http://127.1:5199", false)]
    [InlineData("http://localhost:5199/", false)]
    [InlineData("http://localhost:5199, http://evil.example", false)]
    public void OwnPages_ConnectWithExposureLocalAlone(string origin, bool allowed)
    {
        foreach (var mode in Enum.GetValues<ExposureMode>())
        {
            var request = Request.From("127.0.0.1").Under(trust => trust with { Exposure = mode });
            Assert.Equal(allowed && mode == ExposureMode.Local, request.With("Origin", origin).Read().OriginAllowed);
        }
    }

    [Theory]
    [InlineData("https://gateway.example", true)]
    [InlineData("https://panel.example:8443", true)]
    [InlineData("chrome-extension://abcdefghijklmnop", true)]
    [InlineData("https://gateway.example:443", false)]
    [InlineData("http://gateway.example", false)]
    [InlineData("https://gateway.example:8443", false)]
    [InlineData("https://GATEWAY.example", false)]
    [InlineData("HTTPS://gateway.example", false)]
    [InlineData("https://gateway.example.", false)]
    [InlineData("https://gateway.example/netclaw", false)]
    [InlineData("https://gateway.example.evil.example", false)]
    [InlineData("https://evil-gateway.example", false)]
    [InlineData("https://sub.gateway.example", false)]
    [InlineData("https://gateway.example@evil.example", false)]
    [InlineData("https://evil.example#gateway.example", false)]
    [InlineData("https://panel.example", false)]
    [InlineData("https://panel.example:84430", false)]
    [InlineData("chrome-extension://abcdefghijklmnopq", false)]
    [InlineData("null", false)]
    [InlineData("NULL", false)]
    [InlineData("file://", false)]
    [InlineData("*", false)]
    [InlineData("", false)]
    [InlineData("://", false)]
    [InlineData("https://", false)]
    public void ConfiguredOnes_AreMetExactly(string origin, bool allowed)
    {
        foreach (var mode in Enum.GetValues<ExposureMode>())
        {
            var request = Request.From("127.0.0.1") with { Rules = Rules };
            var seen = request.Under(trust => trust with { Exposure = mode }).With("Origin", origin).Read();
            Assert.Equal((origin, allowed), (seen.Origin, seen.OriginAllowed));
        }
    }

    [Theory]
    [InlineData("https://[2001:db8::1]:8443", "https://[2001:db8::1]:8443", "[2001:db8::1]")]
    [InlineData("http://10.0.0.5:80/x", "http://10.0.0.5", "10.0.0.5")]
    [InlineData("https://b\u00fccher.example", "https://xn--bcher-kva.example", "xn--bcher-kva.example")]
    public void TheExternalUrl_IsAnOriginAndAHost(string url, string origin, string host)
    {
        var request = Request.From("192.0.2.1") with { Rules = Rules with { ExternalUrl = new Uri(url) } };
        var seen = request.With("Origin", origin).With("Host", host).Read();
        Assert.True(seen.OriginAllowed);
        Assert.True(seen.HostAllowed);
    }

    [Fact]
    public void AnExternalUrlThatNoHostHeaderCanName_AdmitsNothing()
    {
        var request = Request.From("192.0.2.1") with { Rules = Rules with { ExternalUrl = new Uri("https://gateway.example.") } };
        var seen = request.With("Origin", "https://gateway.example.").With("Host", "gateway.example.").Read();
        Assert.False(seen.OriginAllowed);
        Assert.False(seen.HostAllowed);
    }

    [Fact]
    public void SeveralOrigins_AreNeverAllowed()
    {
        var request = Request.From("127.0.0.1") with { Rules = Rules };
        Assert.False(request.With("Origin", "https://gateway.example", "https://gateway.example").Read().OriginAllowed);
        Assert.False(request.With("Origin", "https://gateway.example", "null").Read().OriginAllowed);
    }

    [Theory]
    [InlineData(null, null, false)]
    [InlineData("same-origin", null, false)]
    [InlineData("none", null, false)]
    [InlineData("cross-site", null, true)]
    [InlineData("same-site", null, true)]
    [InlineData("a-new-word", null, true)]
    [InlineData("", null, true)]
    [InlineData("cross-site", "https://evil.example", true)]
    [InlineData("cross-site", "https://panel.example:8443", false)]
    public void SecFetchSite_TellsOfAnotherSite(string? site, string? origin, bool crossSite)
    {
        var request = Request.From("127.0.0.1") with { Rules = Rules };
        Assert.Equal(crossSite, request.With("Sec-Fetch-Site", site).With("Origin", origin).Read().CrossSite);
    }

    [Fact]
    public void SecFetchSite_SaidTwice_TellsOfAnotherSite() =>
        Assert.True(Request.From("127.0.0.1").With("Sec-Fetch-Site", "none", "same-origin").Read().CrossSite);

    [Theory]
    [InlineData("HTTPS://Gateway.Example:443", "https://gateway.example")]
    [InlineData("http://[0:0::1]:80", "http://[::1]")]
    [InlineData("http://10.0.0.5:8080", "http://10.0.0.5:8080")]
    public void ConfiguredOrigins_AreReadPlainly(string text, string plain) => Assert.Equal(plain, Origin(text).ToString());

    private static WebOrigin Origin(string text) => WebOrigin.TryParse(text, out var origin) ? origin : throw new FormatException(text);
}
