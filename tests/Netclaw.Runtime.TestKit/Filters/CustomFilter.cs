using Akka.Event;

namespace Akka.TestKit.Internal;

/// <summary>Matches by a function.</summary>
internal sealed class CustomFilter(string description, Predicate<LogEvent> isMatch) : EventFilterBase
{
    public override string ToString() => description;

    protected override bool IsMatch(LogEvent evt) => isMatch(evt);
}
