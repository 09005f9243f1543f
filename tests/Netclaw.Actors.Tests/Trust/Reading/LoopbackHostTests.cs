namespace Netclaw.Actors.Trust.Reading;

public sealed class LoopbackHostTests
{
    [Theory]
    [InlineData(null, true)]
    [InlineData("", true)]
    [InlineData("localhost", true)]
    [InlineData("LOCALHOST:5199", true)]
    [InlineData("control.sock", true)]
    [InlineData("127.0.0.1", true)]
    [InlineData("127.0.0.53:80", true)]
    [InlineData("[::1]", true)]
    [InlineData("[::1]:5199", true)]
    [InlineData("localhost.evil.example", false)]
    [InlineData("127.1", false)]
    [InlineData("2130706433", false)]
    [InlineData("0x7f.0.0.1", false)]
    [InlineData("127.0.0.1.evil.example", false)]
    [InlineData("127.0.0.1:80@evil", false)]
    [InlineData("192.0.2.1", false)]
    [InlineData("[::2]", false)]
    public void KnowsALocalHost_ByItsSpelling(string? host, bool local) => Assert.Equal(local, LoopbackHost.IsLocal(host));
}
