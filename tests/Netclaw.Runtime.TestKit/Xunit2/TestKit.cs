using Akka.Actor;
using Akka.Actor.Setup;
using Akka.Configuration;
using Xunit.Abstractions;

namespace Akka.TestKit.Xunit2;

/// <summary>A test kit for xunit 2: derive test classes from it. Each test has its own actor system, which ends when the test does.</summary>
public class TestKit : TestKitBase, IDisposable
{
    protected readonly ITestOutputHelper? Output;

    private bool _disposed;

    public TestKit(ActorSystem? system = null, ITestOutputHelper? output = null) : base(Assertions, system)
    {
        Output = output;
        InitializeLogger(Sys);
    }

    public TestKit(ActorSystemSetup config, string? actorSystemName = null, ITestOutputHelper? output = null) : base(Assertions, config, actorSystemName)
    {
        Output = output;
        InitializeLogger(Sys);
    }

    public TestKit(Config config, string? actorSystemName = null, ITestOutputHelper? output = null) : base(Assertions, config, actorSystemName)
    {
        Output = output;
        InitializeLogger(Sys);
    }

    public TestKit(string config, ITestOutputHelper? output = null) : this(ConfigurationFactory.ParseString(config), output: output)
    {
    }

    public static new Config DefaultConfig => TestKitBase.DefaultConfig;

    public static new Config FullDebugConfig => TestKitBase.FullDebugConfig;

    protected static XunitAssertions Assertions { get; } = new();

    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Runs when the test has ended, before the system does.</summary>
    protected virtual void AfterAll()
    {
    }

    protected virtual void Dispose(bool disposing)
    {
        if (_disposed) return;
        _disposed = true;
        try
        {
            AfterAll();
        }
        finally
        {
            Shutdown();
        }
    }

    /// <summary>Writes what is logged to the test's output.</summary>
    protected void InitializeLogger(ActorSystem system)
    {
        if (Output is { } output) TestOutputLogger.Start(system, output, "");
    }

    protected void InitializeLogger(ActorSystem system, string prefix)
    {
        if (Output is { } output) TestOutputLogger.Start(system, output, prefix);
    }
}
