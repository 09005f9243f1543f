using System.Globalization;
using Microsoft.Extensions.Logging;
using Netclaw.Daemon.Lifetime;

namespace Netclaw.Daemon.Logging;

/// <summary>The daemon's log: one line per event into logs/netclawd.log and, as far as <paramref name="echo"/> says, onto standard error. Only the file gets stack traces.</summary>
public sealed class DaemonLoggerProvider(LineFile file, LogEcho echo, TimeProvider time) : ILoggerProvider
{
    private readonly LogEcho _echo = echo;

    public ILogger CreateLogger(string categoryName) => new DaemonLogger(this, categoryName[(categoryName.LastIndexOf('.') + 1)..]);

    public void Dispose()
    {
        // The file belongs to whoever made it: the last lines come after the services are gone.
    }

    private void Write(LogLevel level, string category, EventId id, string message, Exception? exception)
    {
        var line = string.Create(CultureInfo.InvariantCulture, $"{time.GetUtcNow():yyyy-MM-ddTHH:mm:ss.fffZ} {Name(level)} {category}[{id.Id}] {EchoedLine.Plain(message)}");
        if (id.Id != LifetimeLog.NotStartedEvent)
        {
            EchoedLine.Write(_echo, level, exception is null ? line : $"{line}: {exception.Message}");
        }

        file.Add(exception is null ? line : $"{line}\n    {exception.ToString().ReplaceLineEndings("\n    ")}");
    }

    private static string Name(LogLevel level) => level switch
    {
        LogLevel.Trace => "trace",
        LogLevel.Debug => "debug",
        LogLevel.Information => "info ",
        LogLevel.Warning => "warn ",
        LogLevel.Error => "error",
        _ => "fatal",
    };

    private sealed class DaemonLogger(DaemonLoggerProvider provider, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel != LogLevel.None;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            provider.Write(logLevel, category, eventId, formatter(state, exception), exception);
    }
}
