using Akka.Event;

namespace Akka.TestKit.Internal;

/// <summary>Matches errors by the exception that caused them; the text may stand in the event or in the exception.</summary>
internal sealed class ExceptionFilter(Type type, TextMatch message, TextMatch source, bool checkInner) : EventFilterBase
{
    public override string ToString() => $"{type.Name} with message {message} from {source}";

    protected override bool IsMatch(LogEvent evt)
        => evt is Error && source.Fits(evt.LogSource) && Causes(evt.Cause).Any(cause => type.IsInstanceOfType(cause) && (message.Fits(evt.Message?.ToString()) || message.Fits(cause.Message)));

    private IEnumerable<Exception> Causes(Exception? cause)
    {
        for (; cause is not null; cause = checkInner ? cause.InnerException : null)
        {
            yield return cause;
            if (!checkInner || cause is not AggregateException many) continue;
            foreach (var inner in many.Flatten().InnerExceptions) yield return inner;
        }
    }
}
