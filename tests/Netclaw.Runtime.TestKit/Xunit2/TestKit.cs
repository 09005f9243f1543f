using Akka.Actor;
using Akka.Actor.Setup;
using Akka.Configuration;
using Xunit.Abstractions;

namespace Akka.TestKit.Xunit2;

/// <summary>A test kit for xunit 2: derive test classes from it. Each test has its own actor system, which ends when the test does.</summary>
/// <remarks>Akka.NET documentation, "Testing Actor Systems".</remarks>
public class TestKit : TestKitBase, IDisposable
{
    /// <summary>Where logs go, if anywhere.</summary>
    protected readonly ITestOutputHelper? Output;

    private bool _disposed;

    /// <summary>The host is built when the test begins.</summary>
    public TestKit(ActorSystem? system = null, ITestOutputHelper? output = null) : base(Assertions, system)
    {
        Output = output;
        InitializeLogger(Sys);
    }

    /// <summary>The host is built when the test begins.</summary>
    public TestKit(ActorSystemSetup config, string? actorSystemName = null, ITestOutputHelper? output = null) : base(Assertions, config, actorSystemName)
    {
        Output = output;
        InitializeLogger(Sys);
    }

    /// <summary>The host is built when the test begins.</summary>
    public TestKit(Config config, string? actorSystemName = null, ITestOutputHelper? output = null) : base(Assertions, config, actorSystemName)
    {
        Output = output;
        InitializeLogger(Sys);
    }

    /// <summary>The host is built when the test begins.</summary>
    public TestKit(string config, ITestOutputHelper? output = null) : this(ConfigurationFactory.ParseString(config), output: output)
    {
    }

    /// <inheritdoc cref="TestKitBase.DefaultConfig"/>
    public static new Config DefaultConfig => TestKitBase.DefaultConfig;

    /// <inheritdoc cref="TestKitBase.FullDebugConfig"/>
    public static new Config FullDebugConfig => TestKitBase.FullDebugConfig;

    /// <summary>How the kit fails a test.</summary>
    protected static XunitAssertions Assertions { get; } = new();

    /// <summary>Frees what it holds; a second call does nothing.</summary>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Runs when the test has ended, before the system does.</summary>
    protected virtual void AfterAll()
    {
    }

    /// <summary>Frees what it holds; a second call does nothing.</summary>
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

    /// <summary>Writes what is logged to the test's output.</summary>
    protected void InitializeLogger(ActorSystem system, string prefix)
    {
        if (Output is { } output) TestOutputLogger.Start(system, output, prefix);
    }
}
