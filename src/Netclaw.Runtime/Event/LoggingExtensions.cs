namespace Akka.Event;

/// <summary>Logging by level. Parameters are put into the format only when a logger reads the line.</summary>
/// <remarks>Akka.NET documentation, "Logging in Akka.NET".</remarks>
public static partial class LoggingExtensions
{
    /// <summary>Logs at the level, if it is on.</summary>
    public static void Log(this ILoggingAdapter log, LogLevel level, string format) => log.Log(level, null, format);

    /// <summary>Logs at the level, if it is on.</summary>
    public static void Log(this ILoggingAdapter log, LogLevel level, string format, object[] args) => Write(log, level, null, format, args);

    /// <summary>Logs at the level, if it is on.</summary>
    public static void Log(this ILoggingAdapter log, LogLevel level, Exception? cause, string format, object[] args) => Write(log, level, cause, format, args);

    private static void Write(ILoggingAdapter log, LogLevel level, Exception? cause, string format, object[] args)
    {
        if (log.IsEnabled(level))
            log.Log(level, cause, new FormattedLogMessage(log.Formatter, format, args));
    }
}
