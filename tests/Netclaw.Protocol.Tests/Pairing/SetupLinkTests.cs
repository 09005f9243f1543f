using System.Text;

namespace Netclaw.Protocol.Tests.Pairing;

public sealed class SetupLinkTests
{
    private const string Token = "c2VjcmV0LW9mLXRoZS1saW5rLXNlY3JldC1vZi10aGU";

    private static readonly string Hash = new('a', 64);
    private static readonly DateTimeOffset Expires = DateTimeOffset.FromUnixTimeMilliseconds(1_764_000_000_000);

    [Theory]
    [InlineData("ws://127.0.0.1:5199", "http://127.0.0.1:5199")]
    [InlineData("wss://claw.example.net/behind/a%20prefix", "https://claw.example.net/behind/a%20prefix")]
    public void Link_SurvivesTheWay(string dialled, string url)
    {
        var code = SetupLink.Build(dialled, new Secret(Token), Expires, ExchangeFixture.Gateway).Reveal();

        foreach (var text in (string[])[SetupLink.Start + code, code, $"  OC-PAIR://{code}/ "])
        {
            Assert.True(SetupLink.TryParse(text, out var link, out var problem), problem);
            Assert.Equal((new Uri(url), Expires, ExchangeFixture.Gateway.HashText), (link.Url, link.ExpiresAt, link.GatewayKeyHash));
            Assert.True(link.Token.Matches(Token));
        }
    }

    [Fact]
    public void Link_HasThePublishedForm() => Assert.Equal(
        $$"""{"url":"ws://127.0.0.1:5199","bootstrapToken":"{{Token}}","expiresAtMs":1764000000000,"gatewayKey":"{{ExchangeFixture.Gateway.HashText}}"}""",
        Encoding.UTF8.GetString(System.Buffers.Text.Base64Url.DecodeFromChars(SetupLink.Build("ws://127.0.0.1:5199", new Secret(Token), Expires, ExchangeFixture.Gateway).Reveal())));

    /// <summary>Whatever else stands in a code that another program made is passed over.</summary>
    [Fact]
    public void Reads_AnAddress_InEitherWayOfWritingIt_AndPassesOverWhatItDoesNotKnow()
    {
        Assert.True(SetupLink.TryParse(Code($$"""{"bootstrapToken":"{{Token}}","urls":["ws://a"],"url":"https://a","expiresAtMs":1,"gatewayKey":"{{Hash}}"}"""), out var link, out var problem), problem);
        Assert.Equal(new Uri("https://a"), link.Url);
    }

    [Theory]
    [InlineData("""{"url":"ws://a","bootstrapToken":"TOKEN","expiresAtMs":1}""", "no gateway key")]
    [InlineData("""{"url":"ws://a","bootstrapToken":"TOKEN","expiresAtMs":1,"gatewayKey":"abc"}""", "no gateway key")]
    [InlineData("""{"url":"ftp://a","bootstrapToken":"TOKEN","expiresAtMs":1,"gatewayKey":"HASH"}""", "url is wrong")]
    [InlineData("""{"url":"ws://me:pw@a","bootstrapToken":"TOKEN","expiresAtMs":1,"gatewayKey":"HASH"}""", "url is wrong")]
    [InlineData("""{"url":"ws://a","bootstrapToken":"TOKEN","expiresAtMs":-1,"gatewayKey":"HASH"}""", "time is none")]
    [InlineData("""{"url":"ws://a","bootstrapToken":"TOKEN","expiresAtMs":9e18,"gatewayKey":"HASH"}""", "no setup code")]
    [InlineData("""{"url":"ws://a","expiresAtMs":1,"gatewayKey":"HASH"}""", "no setup code")]
    [InlineData("""{"url":"ws://a","bootstrapToken":null,"expiresAtMs":1,"gatewayKey":"HASH"}""", "no setup code")]
    [InlineData("""{"url":"ws://a","bootstrapTok""", "no setup code")]
    [InlineData("[]", "no setup code")]
    [InlineData("null", "no setup code")]
    public void Refuses_AnythingElse_AndSaysWhy(string content, string reason)
    {
        var code = Code(content.Replace("HASH", Hash, StringComparison.Ordinal).Replace("TOKEN", Token, StringComparison.Ordinal));

        Assert.False(SetupLink.TryParse(SetupLink.Start + code, out var link, out var problem));
        Assert.Null(link);
        Assert.Contains(reason, problem, StringComparison.Ordinal);
        Assert.DoesNotContain(Token, problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("oc-pair://")]
    [InlineData("oc-pair://not base64url")]
    [InlineData("http://127.0.0.1:5199")]
    public void Refuses_WhatIsNoCode(string? text) => Assert.False(SetupLink.TryParse(text, out _, out _));

    [Fact]
    public void Refuses_WhatIsTooLong_BeforeReadingIt()
    {
        Assert.False(SetupLink.TryParse(SetupLink.Start + new string('A', 1024 * 1024), out _, out _));
        Assert.False(SetupLink.TryParse(Code($$"""{"url":"ws://a","bootstrapToken":"{{new string('t', 513)}}","expiresAtMs":1,"gatewayKey":"{{Hash}}"}"""), out _, out var problem));
        Assert.Contains("too long", problem, StringComparison.Ordinal);
    }

    private static string Code(string content) => Base64UrlText.Encode(Encoding.UTF8.GetBytes(content));
}
