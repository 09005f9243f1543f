using System.Text.RegularExpressions;
using Akka.Actor;
using Akka.Event;
using Akka.TestKit.Internal;

namespace Akka.TestKit;

/// <summary>
/// Makes filters for logged events. A text is given whole, by its start, by a part, or as a pattern; none means any text.
/// <c>source</c> is the event's log source, or the path of an actor such as <c>/user/a</c>.
/// </summary>
/// <remarks>Akka.NET documentation, "Testing Actor Systems".</remarks>
public partial class EventFilterFactory
{
    private readonly TestKitBase _testkit;
    private readonly ActorSystem? _system;
    private readonly IReadOnlyList<EventFilterBase> _filters;

    /// <summary>For the kit's system or another.</summary>
    public EventFilterFactory(TestKitBase testkit) : this(testkit, null, [])
    {
    }

    /// <summary>For the kit's system or another.</summary>
    public EventFilterFactory(TestKitBase testkit, ActorSystem system) : this(testkit, system, [])
    {
    }

    internal EventFilterFactory(TestKitBase testkit, ActorSystem? actorSystem, IReadOnlyList<EventFilterBase> filters)
    {
        ArgumentNullException.ThrowIfNull(testkit);
        _testkit = testkit;
        _system = actorSystem;
        _filters = filters;
    }

    /// <summary>By a function.</summary>
    public IEventFilterApplier Custom(Predicate<LogEvent> predicate) => With(new CustomFilter("a custom filter", predicate));

    /// <summary>By a function.</summary>
    public IEventFilterApplier Custom<TLogEvent>(Predicate<TLogEvent> predicate) where TLogEvent : LogEvent
        => With(new CustomFilter($"a custom filter of {typeof(TLogEvent).Name}", evt => evt is TLogEvent typed && predicate(typed)));

    /// <summary>Errors which an exception of this type caused; the text may stand in the event or in the exception.</summary>
    public IEventFilterApplier Exception<TException>(string? message = null, string? start = null, string? contains = null, string? source = null) where TException : Exception
        => Exception(typeof(TException), message, start, contains, source);

    /// <summary>By the type of the exception of an error.</summary>
    public IEventFilterApplier Exception<TException>(Regex pattern, string? source = null) where TException : Exception
        => Exception(typeof(TException), pattern, source);

    /// <summary>By the type of the exception of an error.</summary>
    public IEventFilterApplier Exception(Type exceptionType, string? message = null, string? start = null, string? contains = null, string? source = null, bool checkInnerExceptions = false)
        => With(new ExceptionFilter(exceptionType, TextMatch.Of(message, start, contains), TextMatch.OfSource(source), checkInnerExceptions));

    /// <summary>By the type of the exception of an error.</summary>
    public IEventFilterApplier Exception(Type exceptionType, Regex pattern, string? source = null, bool checkInnerExceptions = false)
        => With(new ExceptionFilter(exceptionType, TextMatch.Of(pattern), TextMatch.OfSource(source), checkInnerExceptions));

    /// <summary>Lines of level error, by text, start, part, pattern and source.</summary>
    public IEventFilterApplier Error(string? message = null, string? start = null, string? contains = null, string? source = null)
        => ForLogLevel(LogLevel.ErrorLevel, message, start, contains, source);

    /// <summary>Lines of level error, by text, start, part, pattern and source.</summary>
    public IEventFilterApplier Error(Regex pattern, string? source = null) => ForLogLevel(LogLevel.ErrorLevel, pattern, source);

    /// <summary>Lines of level warning, by text, start, part, pattern and source.</summary>
    public IEventFilterApplier Warning(string? message = null, string? start = null, string? contains = null, string? source = null)
        => ForLogLevel(LogLevel.WarningLevel, message, start, contains, source);

    /// <summary>Lines of level warning, by text, start, part, pattern and source.</summary>
    public IEventFilterApplier Warning(Regex pattern, string? source = null) => ForLogLevel(LogLevel.WarningLevel, pattern, source);

    /// <summary>Lines of level info, by text, start, part, pattern and source.</summary>
    public IEventFilterApplier Info(string? message = null, string? start = null, string? contains = null, string? source = null)
        => ForLogLevel(LogLevel.InfoLevel, message, start, contains, source);

    /// <summary>Lines of level info, by text, start, part, pattern and source.</summary>
    public IEventFilterApplier Info(Regex pattern, string? source = null) => ForLogLevel(LogLevel.InfoLevel, pattern, source);

    /// <summary>Lines of level debug, by text, start, part, pattern and source.</summary>
    public IEventFilterApplier Debug(string? message = null, string? start = null, string? contains = null, string? source = null)
        => ForLogLevel(LogLevel.DebugLevel, message, start, contains, source);

    /// <summary>Lines of level debug, by text, start, part, pattern and source.</summary>
    public IEventFilterApplier Debug(Regex pattern, string? source = null) => ForLogLevel(LogLevel.DebugLevel, pattern, source);

    /// <summary>Lines of that level, by text, start, part, pattern and source.</summary>
    public IEventFilterApplier ForLogLevel(LogLevel logLevel, string? message = null, string? start = null, string? contains = null, string? source = null)
        => With(new LogEventFilter(logLevel, TextMatch.Of(message, start, contains), TextMatch.OfSource(source)));

    /// <summary>Lines of that level, by text, start, part, pattern and source.</summary>
    public IEventFilterApplier ForLogLevel(LogLevel logLevel, Regex pattern, string? source = null)
        => With(new LogEventFilter(logLevel, TextMatch.Of(pattern), TextMatch.OfSource(source)));

    private EventFilterApplier With(EventFilterBase filter) => new(_testkit, _system ?? _testkit.Sys, [.. _filters, filter]);
}
