using Akka.Actor;
using Akka.Actor.Setup;
using Akka.Configuration;
using Akka.TestKit;
using Akka.TestKit.Xunit2;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Xunit;
using Xunit.Abstractions;

namespace Akka.Hosting.TestKit;

/// <summary>
/// A test kit inside a real host: the test configures services and the actor system as the application does. The host starts before each
/// test, with its actors, and stops after it.
/// </summary>
/// <remarks>Akka.NET documentation, "Akka.Hosting: Testing".</remarks>
public abstract class TestKit : TestKitBase, IAsyncLifetime
{
    private IHost? _host;

    /// <summary>The host is built when the test begins.</summary>
    protected TestKit(string? actorSystemName = null, ITestOutputHelper? output = null, TimeSpan? startupTimeout = null, LogLevel logLevel = LogLevel.Information)
        : base(Assertions)
    {
        ActorSystemName = actorSystemName ?? "test";
        Output = output;
        LogLevel = logLevel;
        StartupTimeout = startupTimeout ?? TimeSpan.FromSeconds(10);
    }

    /// <summary>Once the test has begun.</summary>
    public IHost Host => _host ?? throw new InvalidOperationException("The host exists once the test has begun.");

    /// <summary>The host's.</summary>
    public ActorRegistry ActorRegistry => Host.Services.GetRequiredService<ActorRegistry>();

    /// <summary>For the start of the host.</summary>
    public TimeSpan StartupTimeout { get; }

    /// <summary>Of the host's actor system.</summary>
    public string ActorSystemName { get; }

    /// <summary>Where logs go, if anywhere.</summary>
    public ITestOutputHelper? Output { get; }

    /// <summary>Of what the host logs to the output.</summary>
    public LogLevel LogLevel { get; }

    /// <summary>How the kit fails a test.</summary>
    protected static XunitAssertions Assertions { get; } = new();

    /// <summary>Configuration in front of the test kit's own, or null.</summary>
    protected virtual Config? Config => null;

    /// <summary>Builds the host, starts it, and has the test kit use its actor system.</summary>
    /// <exception cref="TimeoutException">The host does not start within <see cref="StartupTimeout"/>.</exception>
    public async Task InitializeAsync()
    {
        _host = Build();
        try
        {
            await _host.StartAsync().WaitAsync(StartupTimeout).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            throw new TimeoutException($"The host did not start within {StartupTimeout} (startupTimeout of the test kit's constructor).");
        }

        await BeforeTestStart().ConfigureAwait(false);
    }

    /// <summary>Ends the host.</summary>
    public async Task DisposeAsync()
    {
        try
        {
            await AfterAllAsync().ConfigureAwait(false);
        }
        finally
        {
            if (_host is not null) await Stop(_host).ConfigureAwait(false);
        }
    }

    /// <summary>Adds configuration of the host.</summary>
    protected virtual void ConfigureHostConfiguration(IConfigurationBuilder builder)
    {
    }

    /// <summary>Adds configuration of the application.</summary>
    protected virtual void ConfigureAppConfiguration(HostBuilderContext context, IConfigurationBuilder builder)
    {
    }

    /// <summary>Adds services of the test.</summary>
    protected virtual void ConfigureServices(HostBuilderContext context, IServiceCollection services)
    {
    }

    /// <summary>By default what is logged goes to the test's output.</summary>
    protected virtual void ConfigureLogging(ILoggingBuilder builder)
    {
    }

    /// <summary>Changes the host before it is built.</summary>
    protected virtual void ConfigureHostBuilder(IHostBuilder builder)
    {
    }

    /// <summary>Configures the actor system under test.</summary>
    protected abstract void ConfigureAkka(AkkaConfigurationBuilder builder, IServiceProvider provider);

    /// <summary>Runs when the host and its actors have started.</summary>
    protected virtual Task BeforeTestStart() => Task.CompletedTask;

    /// <summary>Runs when the test has ended, before the host stops.</summary>
    protected virtual Task AfterAllAsync() => Task.CompletedTask;

    /// <summary>Not from the base's constructor: the system is the host's, which is built when the test begins.</summary>
    protected sealed override void InitializeTest(ActorSystem? system, ActorSystemSetup config, string? actorSystemName, string? testActorName)
    {
        if (system is not null) base.InitializeTest(system, config, actorSystemName, testActorName);
    }

    private IHost Build()
    {
        var builder = new HostBuilder();
        builder.ConfigureHostConfiguration(ConfigureHostConfiguration);
        builder.ConfigureAppConfiguration(ConfigureAppConfiguration);
        builder.ConfigureLogging(logging =>
        {
            logging.SetMinimumLevel(LogLevel);
            if (Output is { } output) logging.AddProvider(new TestOutputProvider(output));
            ConfigureLogging(logging);
        });
        builder.ConfigureServices((context, services) =>
        {
            ConfigureServices(context, services);
            services.AddAkka(ActorSystemName, ConfigureSystem);
        });
        ConfigureHostBuilder(builder);
        return builder.Build();
    }

    private void ConfigureSystem(AkkaConfigurationBuilder builder, IServiceProvider provider)
    {
        builder.AddHocon(DefaultConfig, HoconAddMode.Append);
        builder.ConfigureLoggers(loggers =>
        {
            loggers.LogLevel = Level(LogLevel);
            loggers.ClearLoggers();
            loggers.AddLogger<TestEventListener>();
            if (Output is not null) loggers.AddLoggerFactory();
        });
        if (Config is { } config) builder.AddHocon(config, HoconAddMode.Prepend);
        // Before the application's own starters, so that they may already use the test actor.
        builder.StartActors((system, _) => base.InitializeTest(system, ActorSystemSetup.Empty, null, null));
        ConfigureAkka(builder, provider);
    }

    private async Task Stop(IHost host)
    {
        using (host)
        using (var limit = new CancellationTokenSource(StartupTimeout))
            await host.StopAsync(limit.Token).ConfigureAwait(false);
        _host = null;
    }

    private static Event.LogLevel Level(LogLevel level) => level switch
    {
        LogLevel.Trace or LogLevel.Debug => Event.LogLevel.DebugLevel,
        LogLevel.Information => Event.LogLevel.InfoLevel,
        LogLevel.Warning => Event.LogLevel.WarningLevel,
        _ => Event.LogLevel.ErrorLevel,
    };
}
