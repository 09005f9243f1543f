namespace Netclaw.Protocol.Tests.Pairing;

public sealed class GatewayAddressTests
{
    [Theory]
    [InlineData("http://127.0.0.1:5199")]
    [InlineData("https://gateway.example.org/prefix")]
    [InlineData(" http://[::1]:5199 ")]
    public void Reads_WhatPeopleType(string text) => Assert.True(GatewayAddress.TryParse(text, out _, out _));

    [Theory]
    [InlineData("http://0.0.0.0:5199")]
    [InlineData("http://[::]:5199")]
    [InlineData("http://0:5199")]
    public void Refuses_AnAddressThatOnlyListenersHave(string text)
    {
        Assert.False(GatewayAddress.TryParse(text, out _, out var problem));
        Assert.Contains("listens on", problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ws://127.0.0.1:5199", "instead of http")]
    [InlineData("http://user:secret@127.0.0.1", "user name or password")]
    [InlineData("http://127.0.0.1/?token=x", "? or #")]
    [InlineData("127.0.0.1:5199", "complete address")]
    public void Says_WhatIsWrong(string text, string about)
    {
        Assert.False(GatewayAddress.TryParse(text, out _, out var problem));
        Assert.Contains(about, problem, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", problem, StringComparison.Ordinal);
    }
}
