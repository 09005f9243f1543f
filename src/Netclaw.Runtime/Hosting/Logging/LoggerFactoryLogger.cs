using Akka.Actor;
using Akka.Dispatch;
using Akka.Event;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using EventLevel = Akka.Event.LogLevel;
using HostLevel = Microsoft.Extensions.Logging.LogLevel;

namespace Akka.Hosting.Logging;

/// <summary>
/// Writes the actor system's log to Microsoft.Extensions.Logging. The category is the type that logs, so its filters apply; the level of
/// the actor system's own configuration (<c>akka.loglevel</c>) applies before.
/// </summary>
/// <remarks>Akka.NET documentation, "Akka.Hosting".</remarks>
public class LoggerFactoryLogger : ActorBase, IRequiresMessageQueue<ILoggerMessageQueueSemantics>
{
    /// <summary>Where lines go.</summary>
    protected readonly ILoggingAdapter InternalLogger = Akka.Event.Logging.GetLogger(Context.System.EventStream, nameof(LoggerFactoryLogger));

    private readonly Dictionary<Type, ILogger> _loggers = [];
    private readonly ILoggerFactory _factory;

    /// <summary>Made by the system; the factory comes from its setup.</summary>
    public LoggerFactoryLogger()
    {
        var setup = Context.System.Settings.Setup.Get<LoggerFactorySetup>();
        _factory = setup.HasValue ? setup.Value.LoggerFactory : NullLoggerFactory.Instance;
    }

    /// <inheritdoc/>
    protected override void PostStop() => InternalLogger.Debug($"{nameof(LoggerFactoryLogger)} stopped");

    /// <inheritdoc/>
    protected override bool Receive(object message)
    {
        switch (message)
        {
            case InitializeLogger:
                InternalLogger.Info($"{nameof(LoggerFactoryLogger)} started");
                Sender.Tell(new LoggerInitialized(), Self);
                return true;
            case LogEvent log:
                Log(log, Self.Path);
                return true;
            default:
                return false;
        }
    }

    /// <summary>Writes one event.</summary>
    protected virtual void Log(LogEvent log, ActorPath path)
    {
        var logger = Logger(log.LogClass ?? typeof(ActorSystem));
        var level = Level(log.LogLevel());
        if (!logger.IsEnabled(level)) return;
        logger.Log(level, default, new LogEntry(log), log.Cause, static (entry, _) => entry.ToString());
    }

    private static HostLevel Level(EventLevel level) => level switch
    {
        EventLevel.DebugLevel => HostLevel.Debug,
        EventLevel.InfoLevel => HostLevel.Information,
        EventLevel.WarningLevel => HostLevel.Warning,
        EventLevel.ErrorLevel => HostLevel.Error,
        _ => HostLevel.Critical,
    };

    private ILogger Logger(Type category)
    {
        if (!_loggers.TryGetValue(category, out var logger)) _loggers[category] = logger = _factory.CreateLogger(category);
        return logger;
    }
}
