using System.Globalization;
using System.Text;
using Microsoft.Extensions.Logging;
using Netclaw.Daemon.Start;

namespace Netclaw.Daemon.Logging;

/// <summary>The daemon's log: one line per event into logs/netclawd.log and, in the foreground, onto standard error. Only the file gets stack traces.</summary>
public sealed class DaemonLoggerProvider(LineFile file, bool toTerminal, TimeProvider time) : ILoggerProvider
{
    private readonly bool _toTerminal = toTerminal;

    public ILogger CreateLogger(string categoryName) => new DaemonLogger(this, categoryName[(categoryName.LastIndexOf('.') + 1)..]);

    public void Dispose()
    {
        // The file belongs to whoever made it: the last lines come after the services are gone.
    }

    private void Write(LogLevel level, string category, EventId id, string message, Exception? exception)
    {
        var line = new StringBuilder(message.Length + 64)
            .Append(CultureInfo.InvariantCulture, $"{time.GetUtcNow():yyyy-MM-ddTHH:mm:ss.fffZ} {Name(level)} {category}[{id.Id}] ");
        foreach (var symbol in message)
        {
            // Clients' words are in here: nobody writes lines of their own.
            line.Append(char.IsControl(symbol) ? ' ' : symbol);
        }

        if (_toTerminal)
        {
            StandardError.Write((exception is null ? line.ToString() : $"{line}: {exception.Message}") + "\n");
        }

        if (exception is not null)
        {
            line.Append("\n    ").Append(exception.ToString().ReplaceLineEndings("\n    "));
        }

        file.Add(line.ToString());
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
