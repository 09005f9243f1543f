using Akka.Event;
using Akka.TestKit.Internal;

namespace Akka.TestKit;

public partial class EventFilterFactory
{
    /// <summary>Any message that found no actor.</summary>
    public IEventFilterApplier DeadLetter() => Dead("a dead letter", static _ => true, null);

    /// <summary>A dead letter of a type; <paramref name="source"/> is the path of the actor that was to receive it.</summary>
    public IEventFilterApplier DeadLetter<TMessage>(string? source = null) => Dead($"a dead letter of {typeof(TMessage).Name}", static message => message is TMessage, source);

    /// <summary>Dead letters, by the type of the message and the source.</summary>
    public IEventFilterApplier DeadLetter<TMessage>(Func<TMessage, bool> isMatch, string? source = null)
        => Dead($"a dead letter of {typeof(TMessage).Name} that fits", message => message is TMessage typed && isMatch(typed), source);

    /// <summary>Dead letters, by the type of the message and the source.</summary>
    public IEventFilterApplier DeadLetter(Type type, string? source = null) => Dead($"a dead letter of {type.Name}", type.IsInstanceOfType, source);

    /// <summary>Dead letters, by the type of the message and the source.</summary>
    public IEventFilterApplier DeadLetter(Type type, Func<object, bool> isMatch, string? source = null)
        => Dead($"a dead letter of {type.Name} that fits", message => type.IsInstanceOfType(message) && isMatch(message), source);

    private EventFilterApplier Dead(string description, Func<object, bool> fits, string? source)
    {
        var from = TextMatch.OfSource(source);
        return With(new CustomFilter(description, evt => evt is Warning && evt.Message is DeadLetter letter && fits(letter.Message) && from.Fits(evt.LogSource)));
    }
}
