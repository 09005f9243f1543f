using Akka.Actor;

namespace Akka.Event;

/// <summary>Where a log line comes from: a text and a type.</summary>
public readonly struct LogSource
{
    private LogSource(string source, Type type)
    {
        Source = source;
        Type = type;
    }

    public string Source { get; }

    public Type Type { get; }

    public static LogSource Create(string source, Type t) => new(source, t);

    public static LogSource Create(object o) => o switch
    {
        IActorContext context => new(context.Self.Path.ToString(), context.Props.Type),
        IActorRef actor => new(actor.Path.ToString(), SourceType(o)),
        string text => new(text, typeof(string)),
        Type type => new(type.Name, type),
        _ => new(o.GetType().Name, o.GetType()),
    };

    public static LogSource Create(object o, ActorSystem system) => o switch
    {
        IActorContext or IActorRef => Create(o),
        string text => new(FromString(text, system), typeof(string)),
        Type type => new(FromType(type, system), type),
        _ => new(FromType(o.GetType(), system), o.GetType()),
    };

    public static Type SourceType(object o) => o switch
    {
        Type type => type,
        IActorContext context => context.Props.Type,
        LocalActorRef actor => actor.Cell.Props.Type,
        _ => o.GetType(),
    };

    public static string FromType(Type t, ActorSystem system) => $"{t.Name}({system})";

    public static string FromString(string source, ActorSystem system) => $"{source}({system})";

    public static string FromActorRef(IActorRef a, ActorSystem system) => a.Path.ToString();
}
