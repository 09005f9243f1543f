using Akka.Actor;
using Akka.Configuration;

namespace Akka.TestKit;

/// <summary>The section <c>akka.test</c>: how long tests wait.</summary>
/// <remarks>Akka.NET documentation, "Testing Actor Systems".</remarks>
public class TestKitSettings : IExtension
{
    /// <summary>Reads akka.test.</summary>
    public TestKitSettings(Config config)
    {
        if (config.IsNullOrEmpty()) throw ConfigurationException.NullOrEmptyConfig<TestKitSettings>("akka.test");
        DefaultTimeout = config.GetTimeSpan("default-timeout", TimeSpan.FromSeconds(5), allowInfinite: false);
        SingleExpectDefault = config.GetTimeSpan("single-expect-default", TimeSpan.FromSeconds(3), allowInfinite: false);
        TestEventFilterLeeway = config.GetTimeSpan("filter-leeway", TimeSpan.FromSeconds(3), allowInfinite: false);
        TestTimeFactor = config.GetDouble("timefactor", 1);
        LogTestKitCalls = config.GetBoolean("testkit.debug");
        if (TestTimeFactor <= 0) throw new ConfigurationException(@"Expected a positive value for ""akka.test.timefactor"".");
    }

    /// <summary>Where a latch or a barrier is given no timeout.</summary>
    public TimeSpan DefaultTimeout { get; }

    /// <summary>Where an expectation outside Within is given no timeout.</summary>
    public TimeSpan SingleExpectDefault { get; }

    /// <summary>How long an event filter waits for its events after the action has ended.</summary>
    public TimeSpan TestEventFilterLeeway { get; }

    /// <summary>What every timeout is multiplied with, for slow machines.</summary>
    public double TestTimeFactor { get; }

    /// <summary>Whether calls of the kit are logged.</summary>
    public bool LogTestKitCalls { get; }
}
