
namespace Netclaw.Protocol.Tests.Pairing;

public sealed class PairingCodeTests
{
    [Theory]
    [InlineData("7K2M-0123-ABCD")]
    [InlineData("7k2m0123abcd")]
    [InlineData("  7k2m 0123 abcd\n")]
    [InlineData("7k2m-oI23-aBcd")]
    [InlineData("7K2M-OL23-ABCD")]
    [InlineData("7-K-2-M–0 1 2 3—A\tBCD")]
    public void Reads_TheSameCode_HoweverItIsTyped(string typed)
    {
        Assert.True(PairingCode.TryParse(typed, out var code));
        Assert.Equal("pc_7k2m", code.Id.ToString());
        Assert.Equal("0123abcd", code.Secret.Reveal());
        Assert.Equal("7K2M-0123-ABCD", code.ToDisplay().Reveal());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("----")]
    [InlineData("7K2M-0123-ABC")]
    [InlineData("7K2M-0123-ABCDE")]
    [InlineData("7K2M-0123-ABCU")]
    [InlineData("7K2M_0123_ABCD")]
    [InlineData("7K2M-0123-ABC\u0000")]
    [InlineData("７K2M-0123-ABCD")]
    public void Refuses_AnythingBut_TwelveSymbols(string? typed)
    {
        Assert.False(PairingCode.TryParse(typed, out var code));
        Assert.Null(code);
    }

    [Fact]
    public void Refuses_EndlessText() => Assert.False(PairingCode.TryParse(new string('-', 4096) + "7K2M0123ABCD", out _));

    [Fact]
    public void New_SurvivesItsOwnDisplay_AndNeverRepeats()
    {
        var seen = new HashSet<string>();
        for (var i = 0; i < 200; i++)
        {
            var code = PairingCode.New();
            Assert.True(PairingCode.TryParse(code.ToDisplay().Reveal(), out var read));
            Assert.Equal(code.Id, read.Id);
            Assert.True(code.Secret.Matches(read.Secret.Reveal()));
            Assert.Matches("^[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{4}){2}$", code.ToDisplay().Reveal());
            Assert.True(seen.Add(code.Secret.Reveal()));
        }
    }

    [Fact]
    public void Printing_ShowsTheNameAlone()
    {
        Assert.True(PairingCode.TryParse("7K2M-0123-ABCD", out var code));
        Assert.Equal("7K2M-****-****", $"{code}");
        Assert.Equal("***", $"{code.Secret}");
        Assert.Equal("***", $"{code.ToDisplay()}");
    }
}
