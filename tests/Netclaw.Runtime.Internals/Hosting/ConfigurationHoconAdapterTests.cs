using Akka.Hosting.Configuration;
using Microsoft.Extensions.Configuration;

namespace Netclaw.Runtime.Internals.Hosting;

public sealed class ConfigurationHoconAdapterTests
{
    [Fact]
    public void Sections_BecomeObjectsAndLists()
    {
        var config = Of(("akka:loglevel", "DEBUG"), ("akka:loggers:0", "a, b"), ("akka:loggers:1", "c"), ("akka:actor.provider", "local")).ToHocon();
        Assert.Equal("DEBUG", config.GetString("akka.loglevel"));
        Assert.Equal(["a, b", "c"], config.GetStringList("akka.loggers"));
        Assert.Equal("local", config.GetString("akka.actor.provider"));
    }

    [Fact]
    public void Keys_AreNormalised_UnlessToldNotTo()
    {
        Assert.Equal("1", Of(("AKKA:LOG_DEAD_LETTERS", "1")).ToHocon().GetString("akka.log-dead-letters"));
        Assert.Equal("1", Of(("Akka:LogX", "1")).ToHocon(normalizeKeys: false).GetString("Akka.LogX"));
    }

    [Fact]
    public void QuotedKeys_StandForThemselves()
        => Assert.Equal("own", Of(("akka:bindings:\"System.Byte[], mscorlib\"", "own")).ToHocon().GetString("akka.bindings.\"System.Byte[], mscorlib\""));

    private static IConfiguration Of(params (string Key, string Value)[] pairs)
        => new ConfigurationBuilder().AddInMemoryCollection(pairs.Select(pair => KeyValuePair.Create(pair.Key, (string?)pair.Value))).Build();
}
