using Akka.Configuration;

namespace Netclaw.Runtime.Contract.Configuration;

/// <summary>The HOCON that product files rely on.</summary>
public sealed class ConfigurationTests
{
    [Fact]
    public void ReadsTypedValues()
    {
        var config = ConfigurationFactory.ParseString("""
            # a comment
            a {
              text = "x y"   // another
              number = 42
              share = 0.5
              flag = on
              wait = 1.5s
              forever = infinite
              size = 64KiB
              list = ["a", "b"]
            }
            """).GetConfig("a");
        Assert.Equal("x y", config.GetString("text"));
        Assert.Equal(42, config.GetInt("number"));
        Assert.Equal(42L, config.GetLong("number"));
        Assert.Equal(0.5, config.GetDouble("share"));
        Assert.True(config.GetBoolean("flag"));
        Assert.Equal(TimeSpan.FromSeconds(1.5), config.GetTimeSpan("wait"));
        Assert.Equal(Timeout.InfiniteTimeSpan, config.GetTimeSpan("forever"));
        Assert.Equal(65_536, config.GetByteSize("size"));
        Assert.Equal(["a", "b"], config.GetStringList("list"));
    }

    [Fact]
    public void AbsentKeys_GiveDefaults()
    {
        var config = ConfigurationFactory.ParseString("a = 1");
        Assert.False(config.HasPath("b"));
        Assert.Equal("d", config.GetString("b", "d"));
        Assert.Equal(5, config.GetInt("b", 5));
        Assert.Equal(TimeSpan.FromSeconds(3), config.GetTimeSpan("b", TimeSpan.FromSeconds(3)));
    }

    [Fact]
    public void LaterValuesWin_AndObjectsMerge()
    {
        var config = ConfigurationFactory.ParseString("a { x = 1, y = 1 }\na { y = 2 }\na.z = 3");
        Assert.Equal((1, 2, 3), (config.GetInt("a.x"), config.GetInt("a.y"), config.GetInt("a.z")));
    }

    [Fact]
    public void Fallback_AnswersForAbsentKeys()
    {
        var config = ConfigurationFactory.ParseString("a { x = 1 }").WithFallback(ConfigurationFactory.ParseString("a { x = 2, y = 2 }"));
        Assert.Equal((1, 2), (config.GetInt("a.x"), config.GetInt("a.y")));
        Assert.Equal(2, config.GetConfig("a").GetInt("y"));
    }

    [Fact]
    public void Substitutions_ReferToOtherKeys()
        => Assert.Equal("/home/x/bin", ConfigurationFactory.ParseString("home = \"/home/x\"\nbin = ${home}\"/bin\"").GetString("bin"));

    [Fact]
    public void Empty_HasNothing()
    {
        Assert.True(ConfigurationFactory.Empty.IsEmpty);
        Assert.True(Config.Empty.IsNullOrEmpty());
        Assert.True(((Config?)null).IsNullOrEmpty());
    }

    [Fact]
    public void Default_NamesTheDispatcherAndTheShutdownPhases()
    {
        var config = ConfigurationFactory.Default();
        Assert.True(config.HasPath("akka.actor.default-dispatcher.throughput"));
        Assert.Contains("service-unbind", config.GetStringList("akka.coordinated-shutdown.phases.service-requests-done.depends-on"));
    }

    [Fact]
    public void TextIsAConfiguration()
    {
        Config config = "a = 1";
        Assert.Equal(1, config.GetInt("a"));
    }
}
