using Akka.Event;
using Akka.TestKit.Internal;

namespace Akka.TestKit;

/// <summary>
/// The logger under test: shows every event to the filters in force and prints what none of them takes. Dead letters and unhandled
/// messages become warnings first.
/// </summary>
/// <remarks>Akka.NET documentation, "Testing Actor Systems".</remarks>
public class TestEventListener : DefaultLogger
{
    private readonly List<EventFilterBase> _filters = [];

    /// <inheritdoc/>
    protected override bool Receive(object message)
    {
        switch (message)
        {
            case InitializeLogger initialize:
                foreach (var channel in new[] { typeof(TestEvent.Mute), typeof(TestEvent.Unmute), typeof(DeadLetter), typeof(UnhandledMessage) })
                    initialize.LoggingBus.Subscribe(Self, channel);
                Sender.Tell(new LoggerInitialized(), Self);
                return true;
            case TestEvent.Mute mute:
                _filters.AddRange(mute.Filters);
                return true;
            case TestEvent.Unmute unmute:
                foreach (var filter in unmute.Filters) _filters.Remove(filter);
                return true;
            case LogEvent log:
                Show(log);
                return true;
            case DeadLetter letter:
                Show(new Warning(letter.Recipient.Path.ToString(), letter.Recipient.GetType(), letter));
                return true;
            case UnhandledMessage unhandled:
                Show(new Warning(unhandled.Recipient.Path.ToString(), unhandled.Recipient.GetType(), $"Unhandled message from {unhandled.Sender}: {unhandled.Message}"));
                return true;
            default:
                return base.Receive(message);
        }
    }

    private void Show(LogEvent log)
    {
        foreach (var filter in _filters)
            if (filter.Apply(log))
                return;
        // Dead letters that nobody asked about are the rule at the end of a test, and the runtime logs them itself.
        if (log.Message is not DeadLetter) Print(log);
    }
}
