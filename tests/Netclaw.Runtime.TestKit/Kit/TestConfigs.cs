using Akka.Configuration;

namespace Akka.TestKit.Configs;

/// <summary>Ready-made configurations for tests.</summary>
/// <remarks>Akka.NET documentation, "Testing Actor Systems".</remarks>
public static class TestConfigs
{
    /// <summary>The test kit's own defaults: timeouts, and the logger that event filters need.</summary>
    public static Config DefaultConfig { get; } = ConfigurationFactory.FromResource<TestKitBase>("Akka.TestKit.Kit.testkit.conf");

    /// <summary>Virtual time: <see cref="TestScheduler"/> in place of the timer wheel.</summary>
    public static Config TestSchedulerConfig { get; } = ConfigurationFactory.ParseString(
        """akka.scheduler.implementation = "Akka.TestKit.TestScheduler, Akka.TestKit" """);
}
