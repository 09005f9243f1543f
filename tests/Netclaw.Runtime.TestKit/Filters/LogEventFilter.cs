using Akka.Event;

namespace Akka.TestKit.Internal;

/// <summary>Matches by level, text and source.</summary>
internal sealed class LogEventFilter(LogLevel? level, TextMatch message, TextMatch source) : EventFilterBase
{
    public override string ToString() => $"{(level is { } known ? known.ToString() : "any level")} with message {message} from {source}";

    protected override bool IsMatch(LogEvent evt)
        => (level is null || evt.LogLevel() == level) && message.Fits(evt.Message?.ToString()) && source.Fits(evt.LogSource);
}
