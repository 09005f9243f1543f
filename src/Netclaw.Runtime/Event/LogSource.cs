using Akka.Actor;

namespace Akka.Event;

/// <summary>Where a log line comes from: a text and a type.</summary>
/// <remarks>Akka.NET documentation, "Logging in Akka.NET".</remarks>
public readonly struct LogSource
{
    private LogSource(string source, Type type)
    {
        Source = source;
        Type = type;
    }

    /// <summary>As it is shown.</summary>
    public string Source { get; }

    /// <summary>Its class.</summary>
    public Type Type { get; }

    /// <summary>Of an actor, a type or a text.</summary>
    public static LogSource Create(string source, Type t) => new(source, t);

    /// <summary>Of an actor, a type or a text.</summary>
    public static LogSource Create(object o) => o switch
    {
        IActorContext context => new(context.Self.Path.ToString(), context.Props.Type),
        IActorRef actor => new(actor.Path.ToString(), SourceType(o)),
        string text => new(text, typeof(string)),
        Type type => new(type.Name, type),
        _ => new(o.GetType().Name, o.GetType()),
    };

    /// <summary>Of an actor, a type or a text.</summary>
    public static LogSource Create(object o, ActorSystem system) => o switch
    {
        IActorContext or IActorRef => Create(o),
        string text => new(FromString(text, system), typeof(string)),
        Type type => new(FromType(type, system), type),
        _ => new(FromType(o.GetType(), system), o.GetType()),
    };

    /// <summary>The class of what logs.</summary>
    public static Type SourceType(object o) => o switch
    {
        Type type => type,
        IActorContext context => context.Props.Type,
        LocalActorRef actor => actor.Cell.Props.Type,
        _ => o.GetType(),
    };

    /// <summary>The name of a type.</summary>
    public static string FromType(Type t, ActorSystem system) => $"{t.Name}({system})";

    /// <summary>A text as it is.</summary>
    public static string FromString(string source, ActorSystem system) => $"{source}({system})";

    /// <summary>The path of an actor.</summary>
    public static string FromActorRef(IActorRef a, ActorSystem system) => a.Path.ToString();
}
