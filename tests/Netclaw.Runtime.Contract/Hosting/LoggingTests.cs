using System.Collections.Concurrent;
using Akka.Actor;
using Akka.Event;
using Akka.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using EventLevel = Akka.Event.LogLevel;
using HostLevel = Microsoft.Extensions.Logging.LogLevel;

namespace Netclaw.Runtime.Contract.Hosting;

public sealed class LoggingTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task LoggerFactory_GetsWhatActorsLog_WithLevelTextAndException()
    {
        var log = new Recorder();
        using var host = Build(log, EventLevel.DebugLevel);
        await host.StartAsync().WaitAsync(Limit);
        var system = host.Services.GetRequiredService<ActorSystem>();
        var failure = new InvalidOperationException("cause");
        system.Log.Debug("debugging {0}", 1);
        system.Log.Warning(failure, "warning {0}", 2);
        Assert.Equal(HostLevel.Debug, (await log.Find("debugging 1")).Level);
        var warning = await log.Find("warning 2");
        Assert.Equal((HostLevel.Warning, failure), (warning.Level, warning.Error));
        await host.StopAsync().WaitAsync(Limit);
    }

    [Fact]
    public async Task LoggerFactory_HonoursTheLogLevel()
    {
        var log = new Recorder();
        using var host = Build(log, EventLevel.WarningLevel);
        await host.StartAsync().WaitAsync(Limit);
        var system = host.Services.GetRequiredService<ActorSystem>();
        system.Log.Info("quiet");
        system.Log.Error("loud");
        await log.Find("loud");
        Assert.False(log.Has("quiet"));
        await host.StopAsync().WaitAsync(Limit);
    }

    private static IHost Build(Recorder log, EventLevel level) => new HostBuilder()
        .ConfigureLogging(logging => logging.SetMinimumLevel(HostLevel.Trace).AddProvider(log))
        .ConfigureServices(services => services.AddAkka("logged", akka => akka.ConfigureLoggers(loggers =>
        {
            loggers.LogLevel = level;
            loggers.ClearLoggers();
            loggers.AddLoggerFactory();
        })))
        .Build();

    private sealed record Line(HostLevel Level, string Text, Exception? Error);

    private sealed class Recorder : ILoggerProvider, ILogger
    {
        private readonly ConcurrentQueue<Line> _lines = new();

        public async Task<Line> Find(string text)
        {
            using var limit = new CancellationTokenSource(Limit);
            while (true)
            {
                if (_lines.FirstOrDefault(line => line.Text.Contains(text, StringComparison.Ordinal)) is { } found) return found;
                await Task.Delay(5, limit.Token);
            }
        }

        public bool Has(string text) => _lines.Any(line => line.Text.Contains(text, StringComparison.Ordinal));

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(HostLevel logLevel) => true;

        public void Log<TState>(HostLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
            => _lines.Enqueue(new Line(logLevel, formatter(state, exception), exception));

        public void Dispose()
        {
        }
    }
}
