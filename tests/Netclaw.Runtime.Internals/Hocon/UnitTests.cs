using Akka.Configuration;
using static Netclaw.Runtime.Internals.Hocon.HoconTestText;

namespace Netclaw.Runtime.Internals.Hocon;

/// <summary>HOCON specification: units format, automatic type conversions.</summary>
public sealed class UnitTests
{
    [Theory]
    [InlineData("10", 10_000_0)]
    [InlineData("10ms", 10_000_0)]
    [InlineData("10 millis", 10_000_0)]
    [InlineData("500 ns", 5)]
    [InlineData("3us", 30)]
    [InlineData("1.5s", 15_000_000)]
    [InlineData("2 seconds", 20_000_000)]
    [InlineData("1 minute", 600_000_000)]
    [InlineData("1h", 36_000_000_000)]
    [InlineData("1 day", 864_000_000_000)]
    [InlineData("\"5 s\"", 50_000_000)]
    public void ReadsDurations(string text, long ticks) => Assert.Equal(TimeSpan.FromTicks(ticks), Parse("a = " + text).GetTimeSpan("a"));

    [Theory]
    [InlineData("1", 1)]
    [InlineData("1 B", 1)]
    [InlineData("2kB", 2_000)]
    [InlineData("2KiB", 2_048)]
    [InlineData("2k", 2_048)]
    [InlineData("3 MB", 3_000_000)]
    [InlineData("3 mebibytes", 3_145_728)]
    [InlineData("1G", 1_073_741_824)]
    [InlineData("0.5 KiB", 512)]
    [InlineData("7 EiB", 8_070_450_532_247_928_832)]
    public void ReadsSizes(string text, long bytes) => Assert.Equal(bytes, Parse("a = " + text).GetByteSize("a"));

    [Fact]
    public void Infinite_IsADuration_OnlyWhereAllowed()
    {
        var config = Parse("a = infinite");
        Assert.Equal(Timeout.InfiniteTimeSpan, config.GetTimeSpan("a"));
        Assert.Throws<ConfigurationException>(() => config.GetTimeSpan("a", null, allowInfinite: false));
    }

    [Theory]
    [InlineData("ten")]
    [InlineData("10 parsecs")]
    [InlineData("[1]")]
    [InlineData("s")]
    [InlineData("99999999999999 days")]
    public void OtherText_IsNoDuration(string text)
    {
        var error = Assert.Throws<ConfigurationException>(() => Parse("x = 1\nsession.deadline = " + text).GetTimeSpan("session.deadline"));
        Assert.StartsWith("(text):2: session.deadline: expected a duration", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("true", true)]
    [InlineData("yes", true)]
    [InlineData("on", true)]
    [InlineData("false", false)]
    [InlineData("no", false)]
    [InlineData("off", false)]
    public void ReadsBooleans(string text, bool value) => Assert.Equal(value, Parse("a = " + text).GetBoolean("a", !value));

    [Theory]
    [InlineData("1.5")]
    [InlineData("99999999999")]
    [InlineData("abc")]
    [InlineData("{ b = 1 }")]
    public void OtherValues_AreNoInt(string text)
        => Assert.StartsWith("(text):1: a: expected a whole number", Assert.Throws<ConfigurationException>(() => Parse("a = " + text).GetInt("a")).Message, StringComparison.Ordinal);

    [Fact]
    public void NumbersAreText_AndTextIsNumbers()
    {
        var config = Parse("a = 42, b = \"42\", c = 1e3");
        Assert.Equal(("42", 42, 1000L), (config.GetString("a"), config.GetInt("b"), config.GetLong("c")));
    }

    [Fact]
    public void NumberedKeys_AreAList() => Assert.Equal(["x", "y"], Parse("a { \"1\" = y, \"0\" = x }").GetStringList("a"));

    [Fact]
    public void Null_CountsAsAbsent()
    {
        var config = Parse("a = null");
        Assert.False(config.HasPath("a"));
        Assert.Equal("d", config.GetString("a", "d"));
    }
}
