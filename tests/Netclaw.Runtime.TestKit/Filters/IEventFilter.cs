using Akka.Event;

namespace Akka.TestKit;

/// <summary>Decides about logged events.</summary>
public interface IEventFilter
{
    /// <summary>True if the event is the filter's: it is then neither printed nor shown to other filters.</summary>
    bool Apply(LogEvent logEvent);
}
