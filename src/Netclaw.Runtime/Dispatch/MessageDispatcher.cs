namespace Akka.Dispatch;

/// <summary>Gives actors threads. An actor is given one at a time.</summary>
/// <remarks>Akka.NET documentation, "Dispatchers".</remarks>
public abstract class MessageDispatcher
{
    /// <summary>Messages per turn of an actor, when the configuration says nothing.</summary>
    public const int DefaultThroughput = 100;

    private protected MessageDispatcher(string id, int throughput)
    {
        Id = id;
        Throughput = throughput;
    }

    /// <summary>The configuration path it is made from.</summary>
    public string Id { get; protected set; }

    /// <summary>How many messages an actor may process before its thread turns to another.</summary>
    public int Throughput { get; protected set; }

    /// <summary>For the mailboxes of its actors.</summary>
    internal SegmentPool Segments { get; init; } = new(TimeProvider.System);

    /// <summary>Runs the action on one of the dispatcher's threads, outside any actor.</summary>
    public void Schedule(Action run) => Enqueue(new ActionWorkItem(run), later: true);

    /// <summary>Runs it on one of the dispatcher's threads, outside any actor.</summary>
    public void Schedule(IRunnable run) => Schedule(run.Run);

    internal void Execute(Mailbox mailbox) => Enqueue(mailbox, later: false);

    internal void ExecuteLater(Mailbox mailbox) => Enqueue(mailbox, later: true);

    /// <summary>Queues work; <paramref name="later"/> asks for the back of the queue.</summary>
    internal abstract void Enqueue(IThreadPoolWorkItem work, bool later);

    private sealed class ActionWorkItem(Action action) : IThreadPoolWorkItem
    {
        public void Execute() => action();
    }
}
