using System.Text;
using Netclaw.Daemon.Listeners;

namespace Netclaw.Daemon.Tests.Listeners;

public sealed class HopNamesTests
{
    [Theory]
    [InlineData("Upgrade")]
    [InlineData("keep-alive, Upgrade")]
    [InlineData("close")]
    [InlineData("")]
    public void Value_ThatNamesNoHeader_StaysAsItIs(string value) => Assert.Equal(value, Read(value));

    [Theory]
    [InlineData("Upgrade, X-Forwarded-User")]
    [InlineData("x-forwarded-for")]
    [InlineData("keep-alive,\tX_Forwarded_User")]
    public void Value_ThatNamesAHeader_IsKeptWhole(string value) => Assert.Equal(value + ", keep-alive, close", Read(value));

    [Theory]
    [InlineData("upgrade, x\0")]
    [InlineData("upgrade, \u00fc")]
    [InlineData("upgrade, x\u007f")]
    public void Value_ThatIsNoListOfNames_IsRefused(string value) => Assert.Throws<DecoderFallbackException>(() => Read(value));

    [Fact]
    public void OtherHeaders_AreReadAsEver() => Assert.Null(HopNames.For("Host"));

    private static string Read(string value) => HopNames.For("connection")!.GetString(Encoding.Latin1.GetBytes(value));
}
