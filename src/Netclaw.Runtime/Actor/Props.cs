using System.Linq.Expressions;

namespace Akka.Actor;

/// <summary>How to make an actor: its type and constructor arguments, strategy, dispatcher. Immutable; safe to share.</summary>
public class Props : IEquatable<Props>
{
    /// <summary>An actor that handles nothing.</summary>
    public static readonly Props None = new(new ConstructorProducer(typeof(EmptyActor), []), []);

    private readonly IIndirectActorProducer producer;

    public Props(Type type)
        : this(type, [])
    {
    }

    public Props(Type type, object[] args)
        : this(new ConstructorProducer(type, args), args)
    {
    }

    public Props(Type type, SupervisorStrategy? supervisorStrategy, IEnumerable<object> args)
        : this(type, args.ToArray()) => SupervisorStrategy = supervisorStrategy;

    public Props(Type type, SupervisorStrategy? supervisorStrategy, params object[] args)
        : this(type, args) => SupervisorStrategy = supervisorStrategy;

    protected Props(Props copy)
    {
        producer = copy.producer;
        Arguments = copy.Arguments;
        SupervisorStrategy = copy.SupervisorStrategy;
        Dispatcher = copy.Dispatcher;
        Mailbox = copy.Mailbox;
        StashCapacity = copy.StashCapacity;
    }

    private Props(IIndirectActorProducer producer, object[] args)
    {
        this.producer = producer;
        Arguments = args;
    }

    public static Props Empty => None;

    public Type Type => producer.ActorType;

    public string TypeName => Type.AssemblyQualifiedName!;

    public object[] Arguments { get; }

    /// <summary>How the actor supervises its children; null leaves it to the actor.</summary>
    public SupervisorStrategy? SupervisorStrategy { get; protected set; }

    /// <summary>The dispatcher's configuration path; empty is the default one.</summary>
    public string Dispatcher { get; private set; } = "";

    public string Mailbox { get; private set; } = "";

    /// <summary>How much the actor's stash holds; null leaves it to the mailbox's configuration.</summary>
    internal int? StashCapacity { get; private set; }

    /// <exception cref="ArgumentException">The expression is no constructor call.</exception>
    public static Props Create<TActor>(Expression<Func<TActor>> factory, SupervisorStrategy? supervisorStrategy = null)
        where TActor : ActorBase
    {
        if (factory.Body is not NewExpression call)
            throw new ArgumentException("The create function must be a 'new T (args)' expression.", nameof(factory));
        var args = ConstructorArguments.Evaluate(call);
        return new Props(new ConstructorProducer(typeof(TActor), args, call.Constructor), args) { SupervisorStrategy = supervisorStrategy };
    }

    public static Props Create<TActor>(params object[] args)
        where TActor : ActorBase => new(typeof(TActor), args);

    public static Props Create<TActor>(SupervisorStrategy supervisorStrategy)
        where TActor : ActorBase, new() => new(typeof(TActor), supervisorStrategy);

    public static Props Create(Type type, params object[] args)
    {
        ArgumentNullException.ThrowIfNull(type);
        return new Props(type, args);
    }

    /// <summary>An actor made by a producer that is itself made from these arguments.</summary>
    public static Props CreateBy<TProducer>(params object[] args)
        where TProducer : class, IIndirectActorProducer =>
        new((IIndirectActorProducer)Activator.CreateInstance(typeof(TProducer), args)!, args);

    public static Props CreateBy(IIndirectActorProducer producer, params object[] args) => new(producer, args);

    public Props WithDispatcher(string dispatcher) => With(props => props.Dispatcher = dispatcher);

    public Props WithMailbox(string mailbox) => With(props => props.Mailbox = mailbox);

    public Props WithStashCapacity(int stashCapacity) => With(props => props.StashCapacity = stashCapacity);

    public Props WithSupervisorStrategy(SupervisorStrategy supervisorStrategy) =>
        With(props => props.SupervisorStrategy = supervisorStrategy);

    /// <summary>A new instance. Only the runtime can call it with success.</summary>
    public virtual ActorBase NewActor() => producer.Produce();

    internal void Release(ActorBase actor) => producer.Release(actor);

    public bool Equals(Props? other) =>
        other is not null && Type == other.Type && Dispatcher == other.Dispatcher && Mailbox == other.Mailbox
        && Equals(SupervisorStrategy, other.SupervisorStrategy) && Arguments.SequenceEqual(other.Arguments);

    public override bool Equals(object? obj) => Equals(obj as Props);

    public override int GetHashCode() => HashCode.Combine(Type, Dispatcher, Mailbox, Arguments.Length);

    protected virtual Props Copy() => new(this);

    private Props With(Action<Props> change)
    {
        var copy = Copy();
        change(copy);
        return copy;
    }

    private sealed class EmptyActor : ActorBase
    {
        protected override bool Receive(object message) => false;
    }
}
