using Akka.Event;

namespace Akka.TestKit;

/// <summary>Decides about logged events.</summary>
/// <remarks>Akka.NET documentation, "Testing Actor Systems".</remarks>
public interface IEventFilter
{
    /// <summary>True if the event is the filter's: it is then neither printed nor shown to other filters.</summary>
    bool Apply(LogEvent logEvent);
}
