using System.Linq.Expressions;

namespace Akka.Actor;

/// <summary>How to make an actor: its type and constructor arguments, strategy, dispatcher. Immutable; safe to share.</summary>
/// <remarks>Akka.NET documentation, "Props".</remarks>
public class Props : IEquatable<Props>
{
    /// <summary>An actor that handles nothing.</summary>
    public static readonly Props None = new(new ConstructorProducer(typeof(EmptyActor), []), []);

    private readonly IIndirectActorProducer producer;

    /// <summary>For serializers and derived kinds; <see cref="Create(System.Type,object[])"/> is the way.</summary>
    public Props(Type type)
        : this(type, [])
    {
    }

    /// <summary>For serializers and derived kinds; <see cref="Create(System.Type,object[])"/> is the way.</summary>
    public Props(Type type, object[] args)
        : this(new ConstructorProducer(type, args), args)
    {
    }

    /// <summary>For serializers and derived kinds; <see cref="Create(System.Type,object[])"/> is the way.</summary>
    public Props(Type type, SupervisorStrategy? supervisorStrategy, IEnumerable<object> args)
        : this(type, args.ToArray()) => SupervisorStrategy = supervisorStrategy;

    /// <summary>For serializers and derived kinds; <see cref="Create(System.Type,object[])"/> is the way.</summary>
    public Props(Type type, SupervisorStrategy? supervisorStrategy, params object[] args)
        : this(type, args) => SupervisorStrategy = supervisorStrategy;

    /// <summary>For serializers and derived kinds; <see cref="Create(System.Type,object[])"/> is the way.</summary>
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

    /// <summary>Of an actor that handles nothing.</summary>
    public static Props Empty => None;

    /// <summary>The class of the actor.</summary>
    public Type Type => producer.ActorType;

    /// <summary>The name of the class.</summary>
    public string TypeName => Type.AssemblyQualifiedName!;

    /// <summary>For the constructor.</summary>
    public object[] Arguments { get; }

    /// <summary>How the actor supervises its children; null leaves it to the actor.</summary>
    public SupervisorStrategy? SupervisorStrategy { get; protected set; }

    /// <summary>The dispatcher's configuration path; empty is the default one.</summary>
    public string Dispatcher { get; private set; } = "";

    /// <summary>The configured mailbox, where one is named.</summary>
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

    /// <summary>How to make an actor. The constructor is found when it is called, so an actor that fits no constructor fails to start.</summary>
    public static Props Create<TActor>(params object[] args)
        where TActor : ActorBase => new(typeof(TActor), args);

    /// <summary>How to make an actor. The constructor is found when it is called, so an actor that fits no constructor fails to start.</summary>
    public static Props Create<TActor>(SupervisorStrategy supervisorStrategy)
        where TActor : ActorBase, new() => new(typeof(TActor), supervisorStrategy);

    /// <summary>How to make an actor. The constructor is found when it is called, so an actor that fits no constructor fails to start.</summary>
    public static Props Create(Type type, params object[] args)
    {
        ArgumentNullException.ThrowIfNull(type);
        return new Props(type, args);
    }

    /// <summary>An actor made by a producer that is itself made from these arguments.</summary>
    public static Props CreateBy<TProducer>(params object[] args)
        where TProducer : class, IIndirectActorProducer =>
        new((IIndirectActorProducer)Activator.CreateInstance(typeof(TProducer), args)!, args);

    /// <summary>By a producer of the caller's own.</summary>
    public static Props CreateBy(IIndirectActorProducer producer, params object[] args) => new(producer, args);

    /// <summary>On that dispatcher.</summary>
    public Props WithDispatcher(string dispatcher) => With(props => props.Dispatcher = dispatcher);

    /// <summary>With that mailbox.</summary>
    public Props WithMailbox(string mailbox) => With(props => props.Mailbox = mailbox);

    /// <summary>With a stash of at most so many messages.</summary>
    public Props WithStashCapacity(int stashCapacity) => With(props => props.StashCapacity = stashCapacity);

    /// <summary>With that strategy for its children.</summary>
    public Props WithSupervisorStrategy(SupervisorStrategy supervisorStrategy) =>
        With(props => props.SupervisorStrategy = supervisorStrategy);

    /// <summary>A new instance. Only the runtime can call it with success.</summary>
    public virtual ActorBase NewActor() => producer.Produce();

    internal void Release(ActorBase actor) => producer.Release(actor);

    /// <inheritdoc/>
    public bool Equals(Props? other) =>
        other is not null && Type == other.Type && Dispatcher == other.Dispatcher && Mailbox == other.Mailbox
        && Equals(SupervisorStrategy, other.SupervisorStrategy) && Arguments.SequenceEqual(other.Arguments);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Props);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Type, Dispatcher, Mailbox, Arguments.Length);

    /// <summary>The same values in a new object.</summary>
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
