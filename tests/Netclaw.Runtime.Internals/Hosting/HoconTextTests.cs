using Akka.Configuration;
using Akka.Event;
using Akka.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace Netclaw.Runtime.Internals.Hosting;

/// <summary>What the hosting options write as HOCON.</summary>
public sealed class HoconTextTests
{
    [Theory]
    [InlineData("plain")]
    [InlineData("with space")]
    [InlineData("a.b")]
    [InlineData("\"quoted\" \\ and\nlines")]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("true")]
    public void Text_ParsesBack(string text)
        => Assert.Equal(text, ConfigurationFactory.ParseString("a = " + text.ToHocon()).GetString("a"));

    [Fact]
    public void Durations_ParseBack()
    {
        Assert.Equal(TimeSpan.FromMilliseconds(1.5), ConfigurationFactory.ParseString("a = " + TimeSpan.FromMilliseconds(1.5).ToHocon()).GetTimeSpan("a"));
        Assert.Equal("infinite", Timeout.InfiniteTimeSpan.ToHocon(allowInfinite: true));
        Assert.Equal("infinite", TimeSpan.Zero.ToHocon(allowInfinite: true, zeroIsInfinite: true));
        Assert.Equal("0 ms", TimeSpan.Zero.ToHocon());
        Assert.Throws<ArgumentOutOfRangeException>(() => Timeout.InfiniteTimeSpan.ToHocon());
    }

    [Fact]
    public void Loggers_BecomeConfiguration()
    {
        var builder = new AkkaConfigurationBuilder(new ServiceCollection(), "x");
        builder.ConfigureLoggers(loggers =>
        {
            loggers.LogLevel = LogLevel.WarningLevel;
            loggers.ClearLoggers();
            loggers.AddLoggerFactory();
            loggers.DebugOptions = new DebugOptions { Unhandled = true };
            loggers.DeadLetterOptions = new DeadLetterOptions { ShouldLog = TriStateValue.Some, LogCount = 3, LogSuspendDuration = TimeSpan.FromSeconds(2) };
        });
        var config = builder.Configuration.Value.GetConfig("akka");
        Assert.Equal("WARNING", config.GetString("loglevel"));
        Assert.Equal(["Akka.Hosting.Logging.LoggerFactoryLogger, Netclaw.Runtime"], config.GetStringList("loggers"));
        Assert.True(config.GetBoolean("actor.debug.unhandled"));
        Assert.False(config.HasPath("actor.debug.receive"));
        Assert.Equal(3, config.GetInt("log-dead-letters"));
        Assert.Equal(TimeSpan.FromSeconds(2), config.GetTimeSpan("log-dead-letters-suspend-duration"));
    }
}
