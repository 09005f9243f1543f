using Akka.Dispatch;

namespace Akka.Actor;

/// <summary>
/// One actor at run time: its instance, its behaviour, and what it knows of others. Only the thread that the mailbox
/// is scheduled on touches it; others go through the mailbox. Each part of its life is a file of its own.
/// </summary>
internal sealed partial class ActorCell : IUntypedActorContext
{
    public const long UndefinedUid = 0;

    [ThreadStatic]
    private static ActorCell? current;

    private readonly LocalActorRef self;
    private readonly Props props;
    private ActorBase? actor;
    private object? currentMessage;
    private IActorRef? sender;
    private MailboxReader reader;
    private CellState state = CellState.New;

    public ActorCell(ActorSystemImpl system, LocalActorRef self, Props props, MessageDispatcher dispatcher)
    {
        SystemImpl = system;
        this.self = self;
        this.props = props;
        Mailbox = new Mailbox(this, dispatcher);
    }

    /// <summary>The actor running on this thread.</summary>
    public static ActorCell? Current => current;

    public ActorSystemImpl SystemImpl { get; }

    public Mailbox Mailbox { get; }

    /// <summary>The instance; null before it is made, between instances, and after the end.</summary>
    public ActorBase? Actor => actor;

    public object? CurrentMessage => currentMessage;

    public IActorRef Self => self;

    public Props Props => props;

    public IActorRef Sender => sender ?? SystemImpl.DeadLetters;

    public ActorSystem System => SystemImpl;

    public IActorRef Parent => self.Parent;

    public MessageDispatcher Dispatcher => Mailbox.Dispatcher;

    public int NumberOfMessages => reader.Count(Mailbox) + (front?.Count ?? 0);

    /// <summary>User messages wait: suspended, in an asynchronous handler, or between instances.</summary>
    private bool Held => (suspensions | asyncPending | (int)state) != 0;

    public static IActorRef GetCurrentSelfOrNoSender() => current?.self ?? AmbientSender.Current!;

    public static IActorRef GetCurrentSenderOrNoSender() => current?.sender!;

    /// <exception cref="NotSupportedException">No actor is running on this thread.</exception>
    public static ActorCell CurrentOrThrow() => current ?? throw new NotSupportedException(
        "There is no active ActorContext, this is most likely due to use of async operations from within this actor.");

    public ActorSelection ActorSelection(ActorPath actorPath) => SystemImpl.ActorSelection(actorPath);

    public ActorSelection ActorSelection(string actorPath) =>
        actorPath.StartsWith('/') || actorPath.Contains("://", StringComparison.Ordinal)
            ? SystemImpl.ActorSelection(actorPath)
            : new ActorSelection(self, actorPath);

    /// <summary>Runs code as this actor on this thread.</summary>
    public void UseThreadContext(Action action)
    {
        var previous = current;
        current = this;
        try
        {
            action();
        }
        finally
        {
            current = previous;
        }
    }
}
