using Akka.Actor;

namespace Akka.Event;

/// <summary>One line of log on the event stream.</summary>
/// <remarks>Akka.NET documentation, "Logging in Akka.NET".</remarks>
public abstract class LogEvent : INoSerializationVerificationNeeded
{
    /// <summary>For the four levels.</summary>
    protected LogEvent()
    {
        Timestamp = TimeProvider.System.GetUtcNow().UtcDateTime;
        Thread = Thread.CurrentThread;
    }

    /// <summary>UTC.</summary>
    public DateTime Timestamp { get; }

    /// <summary>The thread that logged.</summary>
    public Thread Thread { get; }

    /// <summary>Why it failed.</summary>
    public Exception? Cause { get; protected set; }

    /// <summary>In whose name.</summary>
    public string LogSource { get; protected set; } = "";

    /// <summary>The class of the source.</summary>
    public Type LogClass { get; protected set; } = typeof(object);

    /// <summary>The message itself.</summary>
    public object Message { get; protected set; } = "";

    /// <summary>One of the four.</summary>
    public abstract LogLevel LogLevel();

    /// <inheritdoc/>
    public override string ToString()
    {
        var cause = Cause is null ? "" : $"{Environment.NewLine}Cause: {Cause}";
        return FormattableString.Invariant(
            $"[{Logging.StringFor(LogLevel())}][{Timestamp:yyyy-MM-dd HH:mm:ss.fff}Z][Thread {Thread.ManagedThreadId:0000}][{LogSource}] {Message}{cause}");
    }
}

/// <summary>A line of level debug.</summary>
/// <remarks>Akka.NET documentation, "Logging in Akka.NET".</remarks>
public class Debug : LogEvent
{
    /// <summary>Published on the event stream by adapters.</summary>
    public Debug(string logSource, Type logClass, object message)
        : this(null, logSource, logClass, message)
    {
    }

    /// <summary>Published on the event stream by adapters.</summary>
    public Debug(Exception? cause, string logSource, Type logClass, object message)
    {
        Cause = cause;
        LogSource = logSource;
        LogClass = logClass;
        Message = message;
    }

    /// <inheritdoc/>
    public override LogLevel LogLevel() => Event.LogLevel.DebugLevel;
}

/// <summary>A line of level info.</summary>
/// <remarks>Akka.NET documentation, "Logging in Akka.NET".</remarks>
public class Info : LogEvent
{
    /// <summary>Published on the event stream by adapters.</summary>
    public Info(string logSource, Type logClass, object message)
        : this(null, logSource, logClass, message)
    {
    }

    /// <summary>Published on the event stream by adapters.</summary>
    public Info(Exception? cause, string logSource, Type logClass, object message)
    {
        Cause = cause;
        LogSource = logSource;
        LogClass = logClass;
        Message = message;
    }

    /// <inheritdoc/>
    public override LogLevel LogLevel() => Event.LogLevel.InfoLevel;
}

/// <summary>A line of level warning.</summary>
/// <remarks>Akka.NET documentation, "Logging in Akka.NET".</remarks>
public class Warning : LogEvent
{
    /// <summary>Published on the event stream by adapters.</summary>
    public Warning(string logSource, Type logClass, object message)
        : this(null, logSource, logClass, message)
    {
    }

    /// <summary>Published on the event stream by adapters.</summary>
    public Warning(Exception? cause, string logSource, Type logClass, object message)
    {
        Cause = cause;
        LogSource = logSource;
        LogClass = logClass;
        Message = message;
    }

    /// <inheritdoc/>
    public override LogLevel LogLevel() => Event.LogLevel.WarningLevel;
}

/// <summary>A line of level error.</summary>
/// <remarks>Akka.NET documentation, "Logging in Akka.NET".</remarks>
public class Error : LogEvent
{
    /// <summary>Published on the event stream by adapters.</summary>
    public Error(Exception? cause, string logSource, Type logClass, object message)
    {
        Cause = cause;
        LogSource = logSource;
        LogClass = logClass;
        Message = message;
    }

    /// <inheritdoc/>
    public override LogLevel LogLevel() => Event.LogLevel.ErrorLevel;
}
