using Akka.Event;

namespace Akka.TestKit.Internal;

/// <summary>A filter which tells its watchers what it matched.</summary>
internal abstract class EventFilterBase : IEventFilter
{
    public event Action<LogEvent>? Matched;

    public bool Apply(LogEvent logEvent)
    {
        if (!IsMatch(logEvent)) return false;
        Matched?.Invoke(logEvent);
        return true;
    }

    protected abstract bool IsMatch(LogEvent evt);
}
