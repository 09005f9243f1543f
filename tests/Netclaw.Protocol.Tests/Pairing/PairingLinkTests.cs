
namespace Netclaw.Protocol.Tests.Pairing;

public sealed class PairingLinkTests
{
    private static readonly string Hash = new('a', 64);

    [Theory]
    [InlineData("http://127.0.0.1:5199/")]
    [InlineData("https://claw.example.net/behind/a%20prefix/")]
    [InlineData("http://[fd00::1]:80/")]
    public void Link_SurvivesTheWay(string url)
    {
        Assert.True(PairingCode.TryParse("7K2M-0123-ABCD", out var code));
        var text = PairingLink.Build(new Uri(url), code, ExchangeFixture.Gateway);

        Assert.True(PairingLink.TryParse(text.Reveal(), out var link, out var problem), problem);
        Assert.Equal(new Uri(url), link.Url);
        Assert.Equal(code.Id, link.Code.Id);
        Assert.True(link.Code.Secret.Matches("0123abcd"));
        Assert.Equal(ExchangeFixture.Gateway.HashText, link.GatewayKeyHash);
        Assert.Equal("", problem);
    }

    [Fact]
    public void Link_HasThePublishedForm()
    {
        Assert.True(PairingCode.TryParse("7K2M-0123-ABCD", out var code));
        Assert.Equal(
            "netclaw://pair?url=http%3A%2F%2Flocalhost%3A5199%2F&code=7K2M0123ABCD&key=" + ExchangeFixture.Gateway.HashText,
            PairingLink.Build(new Uri("http://localhost:5199"), code, ExchangeFixture.Gateway).Reveal());
    }

    [Theory]
    [InlineData(null, "starts with netclaw://pair?")]
    [InlineData("http://127.0.0.1:5199", "starts with netclaw://pair?")]
    [InlineData("netclaw://pairs?url=x", "starts with netclaw://pair?")]
    [InlineData("netclaw://pair?", "no url")]
    [InlineData("netclaw://pair?url=http%3A%2F%2Fa&key=HASH", "no code")]
    [InlineData("netclaw://pair?url=http%3A%2F%2Fa&code=7K2M0123ABCD", "no key")]
    [InlineData("netclaw://pair?url=http%3A%2F%2Fa&code=7K2M0123ABCD&key=HASH&code=7K2M0123ABCE", "twice")]
    [InlineData("netclaw://pair?url=ftp%3A%2F%2Fa&code=7K2M0123ABCD&key=HASH", "begins with ftp:")]
    [InlineData("netclaw://pair?url=http%3A%2F%2Fme%3Apw%40a&code=7K2M0123ABCD&key=HASH", "user name or password")]
    [InlineData("netclaw://pair?url=http%3A%2F%2Fa%2F%3Fx%3D1&code=7K2M0123ABCD&key=HASH", "? or # part")]
    [InlineData("netclaw://pair?url=here&code=7K2M0123ABCD&key=HASH", "not a complete address")]
    [InlineData("netclaw://pair?url=http%3A%2F%2Fa&code=7K2M0123ABC&key=HASH", "twelve symbols")]
    [InlineData("netclaw://pair?url=http%3A%2F%2Fa&code=7K2M0123ABCD&key=abc", "64 lower-case hex digits")]
    [InlineData("netclaw://pair?url=http%3A%2F%2Fa&code=7K2M0123ABCD&key=HASHa", "64 lower-case hex digits")]
    public void Refuses_AnythingElse_AndSaysWhy(string? text, string reason)
    {
        Assert.False(PairingLink.TryParse(text?.Replace("HASH", Hash, StringComparison.Ordinal), out var link, out var problem));
        Assert.Null(link);
        Assert.Contains(reason, problem, StringComparison.Ordinal);
        Assert.DoesNotContain("0123ABC", problem, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void Printing_HidesTheSecret()
    {
        Assert.True(PairingLink.TryParse($"netclaw://pair?url=http%3A%2F%2Fa&code=7K2M0123ABCD&key={Hash}", out var link, out _));
        Assert.DoesNotContain("0123", $"{link}", StringComparison.OrdinalIgnoreCase);
        Assert.Contains("7K2M-****-****", $"{link}", StringComparison.Ordinal);
    }
}
