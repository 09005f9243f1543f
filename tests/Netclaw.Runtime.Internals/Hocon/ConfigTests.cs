using Akka.Configuration;
using static Netclaw.Runtime.Internals.Hocon.HoconTestText;

namespace Netclaw.Runtime.Internals.Hocon;

/// <summary>Fallbacks, paths, and the ways to make a configuration.</summary>
public sealed class ConfigTests
{
    [Fact]
    public void Fallback_AnswersKeyByKey()
    {
        var config = Parse("a { b = 1 }, l = [1]").WithFallback(Parse("a { b = 2, c = 3 }, l = [2, 3], d = 4"));
        Assert.Equal((1, 3, 4), (config.GetInt("a.b"), config.GetInt("a.c"), config.GetInt("d")));
        Assert.Equal([1], config.GetIntList("l"));
        Assert.Equal(3, config.GetConfig("a").GetInt("c"));
    }

    [Fact]
    public void Fallbacks_FormAChain()
    {
        var config = Parse("a = 1").WithFallback(Parse("a = 2, b = 2").WithFallback(Parse("a = 3, b = 3, c = 3")));
        Assert.Equal((1, 2, 3), (config.GetInt("a"), config.GetInt("b"), config.GetInt("c")));
        Assert.Equal(2, config.Fallback!.GetInt("a"));
    }

    [Fact]
    public void Null_HidesTheFallback() => Assert.False(Parse("a = null").WithFallback(Parse("a = 1")).HasPath("a"));

    [Fact]
    public void AbsentKeys_GiveDefaults()
    {
        var config = Config.Empty;
        Assert.Equal((0, 7, null, "x"), (config.GetInt("a"), config.GetInt("a", 7), config.GetString("a"), config.GetString("a", "x")));
        Assert.Equal(TimeSpan.FromSeconds(1), config.GetTimeSpan("a", TimeSpan.FromSeconds(1)));
        Assert.Empty(config.GetStringList("a"));
        Assert.True(config.GetConfig("a").IsEmpty);
        Assert.Null(config.GetByteSize("a"));
    }

    [Fact]
    public void QuotedPath_FindsAKeyWithDots() => Assert.Equal(1, Parse("a.\"b.c\" = 1").GetInt("a.\"b.c\""));

    [Fact]
    public void TextConverts_AndAdds()
    {
        Config config = "a = 1";
        Assert.Equal((1, 2), (config + "a = 5, b = 2") is var sum ? (sum.GetInt("a"), sum.GetInt("b")) : default);
        Assert.Equal(5, ("a = 5" + config).GetInt("a"));
    }

    [Fact]
    public void ToString_ShowsFallbacks_OnRequest()
    {
        var config = Parse("a = 1").WithFallback(Parse("b = 2"));
        Assert.DoesNotContain("b", config.ToString(), StringComparison.Ordinal);
        Assert.Contains("b = 2", config.ToString(true), StringComparison.Ordinal);
    }

    [Fact]
    public void Default_HasTheRuntimesKeys()
    {
        var config = ConfigurationFactory.Default();
        Assert.Equal(30, config.GetInt("akka.actor.default-dispatcher.throughput"));
        Assert.Equal(["before-actor-system-terminate"], config.GetStringList("akka.coordinated-shutdown.phases.actor-system-terminate.depends-on"));
    }

    [Fact]
    public void Object_BecomesAConfiguration()
        => Assert.Equal(2, ConfigurationFactory.FromObject(new { a = new { b = new[] { 1, 2 } } }).GetIntList("a.b")[1]);

    [Fact]
    public void MissingResource_NamesWhatThereIs()
        => Assert.Contains("Akka.Configuration.reference.conf",
            Assert.Throws<ConfigurationException>(() => ConfigurationFactory.FromResource<Config>("nothing.conf")).Message, StringComparison.Ordinal);
}
