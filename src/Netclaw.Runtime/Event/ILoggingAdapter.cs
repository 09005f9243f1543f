namespace Akka.Event;

/// <summary>Logs to the event stream of an actor system, without waiting.</summary>
/// <remarks>Akka.NET documentation, "Logging in Akka.NET".</remarks>
public interface ILoggingAdapter
{
    /// <summary>Turns a format and its arguments into text.</summary>
    ILogMessageFormatter Formatter { get; }

    /// <summary>Whether lines of level debug are published at all.</summary>
    bool IsDebugEnabled { get; }

    /// <summary>Whether lines of level info are published at all.</summary>
    bool IsInfoEnabled { get; }

    /// <summary>Whether lines of level warning are published at all.</summary>
    bool IsWarningEnabled { get; }

    /// <summary>Whether lines of level error are published at all.</summary>
    bool IsErrorEnabled { get; }

    /// <summary>Whether lines of the level are published at all.</summary>
    bool IsEnabled(LogLevel logLevel);

    /// <summary>Logs at the level; the arguments are formatted only when somebody reads them.</summary>
    void Log(LogLevel logLevel, Exception? cause, LogMessage message);

    /// <summary>Logs at the level; the arguments are formatted only when somebody reads them.</summary>
    void Log(LogLevel logLevel, Exception? cause, string format);
}

/// <summary>Base of logging adapters: checks the level.</summary>
/// <remarks>Akka.NET documentation, "Logging in Akka.NET".</remarks>
public abstract class LoggingAdapterBase : ILoggingAdapter
{
    /// <summary>With the way to format.</summary>
    protected LoggingAdapterBase(ILogMessageFormatter logMessageFormatter) => Formatter = logMessageFormatter;

    /// <inheritdoc/>
    public ILogMessageFormatter Formatter { get; }

    /// <inheritdoc/>
    public abstract bool IsDebugEnabled { get; }

    /// <inheritdoc/>
    public abstract bool IsErrorEnabled { get; }

    /// <inheritdoc/>
    public abstract bool IsInfoEnabled { get; }

    /// <inheritdoc/>
    public abstract bool IsWarningEnabled { get; }

    /// <inheritdoc/>
    public bool IsEnabled(LogLevel logLevel) => logLevel switch
    {
        LogLevel.DebugLevel => IsDebugEnabled,
        LogLevel.InfoLevel => IsInfoEnabled,
        LogLevel.WarningLevel => IsWarningEnabled,
        LogLevel.ErrorLevel => IsErrorEnabled,
        _ => throw new NotSupportedException($"Unknown LogLevel {logLevel}"),
    };

    /// <inheritdoc/>
    public void Log(LogLevel logLevel, Exception? cause, LogMessage message)
    {
        if (IsEnabled(logLevel))
            NotifyLog(logLevel, message, cause!);
    }

    /// <inheritdoc/>
    public void Log(LogLevel logLevel, Exception? cause, string format)
    {
        if (IsEnabled(logLevel))
            NotifyLog(logLevel, format, cause!);
    }

    /// <summary>Publishes a line whose level is on.</summary>
    protected abstract void NotifyLog(LogLevel logLevel, object message, Exception cause = null!);
}

/// <summary>Logs to a bus.</summary>
/// <remarks>Akka.NET documentation, "Logging in Akka.NET".</remarks>
public sealed class BusLogging : LoggingAdapterBase
{
    /// <summary>Publishes on that bus, in the name of that source.</summary>
    public BusLogging(LoggingBus bus, string logSource, Type logClass, ILogMessageFormatter logMessageFormatter)
        : base(logMessageFormatter)
    {
        Bus = bus;
        LogSource = logSource;
        LogClass = logClass;
    }

    /// <summary>Where lines go.</summary>
    public LoggingBus Bus { get; }

    /// <summary>In whose name.</summary>
    public string LogSource { get; }

    /// <summary>The class of the source.</summary>
    public Type LogClass { get; }

    /// <inheritdoc/>
    public override bool IsDebugEnabled => Bus.LogLevel <= LogLevel.DebugLevel;

    /// <inheritdoc/>
    public override bool IsInfoEnabled => Bus.LogLevel <= LogLevel.InfoLevel;

    /// <inheritdoc/>
    public override bool IsWarningEnabled => Bus.LogLevel <= LogLevel.WarningLevel;

    /// <inheritdoc/>
    public override bool IsErrorEnabled => Bus.LogLevel <= LogLevel.ErrorLevel;

    /// <inheritdoc/>
    protected override void NotifyLog(LogLevel logLevel, object message, Exception cause = null!) => Bus.Publish(logLevel switch
    {
        LogLevel.DebugLevel => new Debug(cause, LogSource, LogClass, message),
        LogLevel.InfoLevel => new Info(cause, LogSource, LogClass, message),
        LogLevel.WarningLevel => new Warning(cause, LogSource, LogClass, message),
        _ => (LogEvent)new Error(cause, LogSource, LogClass, message),
    });
}

/// <summary>Logs nothing.</summary>
/// <remarks>Akka.NET documentation, "Logging in Akka.NET".</remarks>
public sealed class NoLogger : ILoggingAdapter
{
    /// <summary>The only instance.</summary>
    public static readonly ILoggingAdapter Instance = new NoLogger();

    private NoLogger()
    {
    }

    /// <inheritdoc/>
    public ILogMessageFormatter Formatter => DefaultLogMessageFormatter.Instance;

    /// <inheritdoc/>
    public bool IsDebugEnabled => false;

    /// <inheritdoc/>
    public bool IsInfoEnabled => false;

    /// <inheritdoc/>
    public bool IsWarningEnabled => false;

    /// <inheritdoc/>
    public bool IsErrorEnabled => false;

    /// <inheritdoc/>
    public bool IsEnabled(LogLevel logLevel) => false;

    /// <inheritdoc/>
    public void Log(LogLevel logLevel, Exception? cause, LogMessage message)
    {
    }

    /// <inheritdoc/>
    public void Log(LogLevel logLevel, Exception? cause, string format)
    {
    }
}
