namespace Akka.Event;

public static partial class LoggingExtensions
{
    /// <summary>Logs at level info, if that level is on; the arguments fill the places {0}, {1} of the format.</summary>
    public static void Info(this ILoggingAdapter log, string format) => log.Log(LogLevel.InfoLevel, null, format);

    /// <summary>Logs at level info, if that level is on; the arguments fill the places {0}, {1} of the format.</summary>
    public static void Info(this ILoggingAdapter log, string format, object[] args) => Write(log, LogLevel.InfoLevel, null, format, args);

    /// <summary>Logs at level info, if that level is on; the arguments fill the places {0}, {1} of the format.</summary>
    public static void Info<T1>(this ILoggingAdapter log, string format, T1 arg1)
    {
        if (log.IsInfoEnabled)
            Write(log, LogLevel.InfoLevel, null, format, [arg1!]);
    }

    /// <summary>Logs at level info, if that level is on; the arguments fill the places {0}, {1} of the format.</summary>
    public static void Info<T1, T2>(this ILoggingAdapter log, string format, T1 arg1, T2 arg2)
    {
        if (log.IsInfoEnabled)
            Write(log, LogLevel.InfoLevel, null, format, [arg1!, arg2!]);
    }

    /// <summary>Logs at level info, if that level is on; the arguments fill the places {0}, {1} of the format.</summary>
    public static void Info<T1, T2, T3>(this ILoggingAdapter log, string format, T1 arg1, T2 arg2, T3 arg3)
    {
        if (log.IsInfoEnabled)
            Write(log, LogLevel.InfoLevel, null, format, [arg1!, arg2!, arg3!]);
    }

    /// <summary>Logs at level info, if that level is on; the arguments fill the places {0}, {1} of the format.</summary>
    public static void Info<T1, T2, T3, T4>(this ILoggingAdapter log, string format, T1 arg1, T2 arg2, T3 arg3, T4 arg4)
    {
        if (log.IsInfoEnabled)
            Write(log, LogLevel.InfoLevel, null, format, [arg1!, arg2!, arg3!, arg4!]);
    }

    /// <summary>Logs at level info, if that level is on; the arguments fill the places {0}, {1} of the format.</summary>
    public static void Info<T1, T2, T3, T4, T5>(this ILoggingAdapter log, string format, T1 arg1, T2 arg2, T3 arg3, T4 arg4, T5 arg5)
    {
        if (log.IsInfoEnabled)
            Write(log, LogLevel.InfoLevel, null, format, [arg1!, arg2!, arg3!, arg4!, arg5!]);
    }

    /// <summary>Logs at level info, if that level is on; the arguments fill the places {0}, {1} of the format.</summary>
    public static void Info<T1, T2, T3, T4, T5, T6>(this ILoggingAdapter log, string format, T1 arg1, T2 arg2, T3 arg3, T4 arg4, T5 arg5, T6 arg6)
    {
        if (log.IsInfoEnabled)
            Write(log, LogLevel.InfoLevel, null, format, [arg1!, arg2!, arg3!, arg4!, arg5!, arg6!]);
    }

    /// <summary>Logs at level info, if that level is on; the arguments fill the places {0}, {1} of the format.</summary>
    public static void Info(this ILoggingAdapter log, Exception cause, string format) => log.Log(LogLevel.InfoLevel, cause, format);

    /// <summary>Logs at level info, if that level is on; the arguments fill the places {0}, {1} of the format.</summary>
    public static void Info(this ILoggingAdapter log, Exception cause, string format, object[] args) => Write(log, LogLevel.InfoLevel, cause, format, args);

    /// <summary>Logs at level info, if that level is on; the arguments fill the places {0}, {1} of the format.</summary>
    public static void Info<T1>(this ILoggingAdapter log, Exception cause, string format, T1 arg1)
    {
        if (log.IsInfoEnabled)
            Write(log, LogLevel.InfoLevel, cause, format, [arg1!]);
    }

    /// <summary>Logs at level info, if that level is on; the arguments fill the places {0}, {1} of the format.</summary>
    public static void Info<T1, T2>(this ILoggingAdapter log, Exception cause, string format, T1 arg1, T2 arg2)
    {
        if (log.IsInfoEnabled)
            Write(log, LogLevel.InfoLevel, cause, format, [arg1!, arg2!]);
    }

    /// <summary>Logs at level info, if that level is on; the arguments fill the places {0}, {1} of the format.</summary>
    public static void Info<T1, T2, T3>(this ILoggingAdapter log, Exception cause, string format, T1 arg1, T2 arg2, T3 arg3)
    {
        if (log.IsInfoEnabled)
            Write(log, LogLevel.InfoLevel, cause, format, [arg1!, arg2!, arg3!]);
    }

    /// <summary>Logs at level info, if that level is on; the arguments fill the places {0}, {1} of the format.</summary>
    public static void Info<T1, T2, T3, T4>(this ILoggingAdapter log, Exception cause, string format, T1 arg1, T2 arg2, T3 arg3, T4 arg4)
    {
        if (log.IsInfoEnabled)
            Write(log, LogLevel.InfoLevel, cause, format, [arg1!, arg2!, arg3!, arg4!]);
    }

    /// <summary>Logs at level info, if that level is on; the arguments fill the places {0}, {1} of the format.</summary>
    public static void Info<T1, T2, T3, T4, T5>(this ILoggingAdapter log, Exception cause, string format, T1 arg1, T2 arg2, T3 arg3, T4 arg4, T5 arg5)
    {
        if (log.IsInfoEnabled)
            Write(log, LogLevel.InfoLevel, cause, format, [arg1!, arg2!, arg3!, arg4!, arg5!]);
    }

    /// <summary>Logs at level info, if that level is on; the arguments fill the places {0}, {1} of the format.</summary>
    public static void Info<T1, T2, T3, T4, T5, T6>(this ILoggingAdapter log, Exception cause, string format, T1 arg1, T2 arg2, T3 arg3, T4 arg4, T5 arg5, T6 arg6)
    {
        if (log.IsInfoEnabled)
            Write(log, LogLevel.InfoLevel, cause, format, [arg1!, arg2!, arg3!, arg4!, arg5!, arg6!]);
    }
}
