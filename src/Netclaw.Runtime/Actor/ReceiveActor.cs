using Akka.Dispatch;

namespace Akka.Actor;

/// <summary>
/// An actor whose handlers are registered by type, in its constructor or in a behaviour given to Become.
/// The first handler that takes a message wins; a message none takes is unhandled.
/// </summary>
/// <remarks>Akka.NET documentation, "Receive Actor API".</remarks>
public abstract class ReceiveActor : UntypedActor
{
    private readonly ReceiveHandlers initial = new();
    private ReceiveHandlers? open;

    /// <summary>Call Receive in the constructor.</summary>
    protected ReceiveActor() => open = initial;

    /// <summary>Ends registration of the initial behaviour; called once the constructor is done.</summary>
    internal void Seal() => open = null;

    /// <inheritdoc/>
    protected sealed override void OnReceive(object message)
    {
        if (!initial.Handle(message))
            Unhandled(message);
    }

    /// <summary>Replaces the behaviour by the handlers that <paramref name="configure"/> registers.</summary>
    protected void Become(Action configure) => Context.Become(Build(configure));

    /// <summary>Puts the handlers that <paramref name="configure"/> registers on top of the current behaviour.</summary>
    protected void BecomeStacked(Action configure) => Context.BecomeStacked(Build(configure));

    /// <summary>A handler for messages of the type; tried in the order of the calls. Not to be called after ReceiveAny.</summary>
    protected void Receive<T>(Action<T> handler, Predicate<T>? shouldHandle = null) =>
        Add(shouldHandle is null ? new ActionHandler<T>(handler) : new GuardedHandler<T>(handler, shouldHandle));

    /// <summary>A handler for messages of the type; tried in the order of the calls. Not to be called after ReceiveAny.</summary>
    protected void Receive<T>(Predicate<T> shouldHandle, Action<T> handler) => Receive(handler, shouldHandle);

    /// <summary>A handler that returns false leaves the message to the handlers after it.</summary>
    protected void Receive<T>(Func<T, bool> handler) => Add(new FuncHandler<T>(handler));

    /// <summary>A handler for messages of the type; tried in the order of the calls. Not to be called after ReceiveAny.</summary>
    protected void Receive(Type messageType, Action<object> handler, Predicate<object>? shouldHandle = null) =>
        Add(new TypedHandler(messageType, message =>
        {
            if (shouldHandle is not null && !shouldHandle(message))
                return false;
            handler(message);
            return true;
        }));

    /// <summary>A handler for messages of the type; tried in the order of the calls. Not to be called after ReceiveAny.</summary>
    protected void Receive(Type messageType, Predicate<object> shouldHandle, Action<object> handler) =>
        Receive(messageType, handler, shouldHandle);

    /// <summary>A handler for messages of the type; tried in the order of the calls. Not to be called after ReceiveAny.</summary>
    protected void Receive(Type messageType, Func<object, bool> handler) => Add(new TypedHandler(messageType, handler));

    /// <summary>The next message waits until the task is done; awaits come back to the actor, with Self and Sender.</summary>
    protected void ReceiveAsync<T>(Func<T, Task> handler, Predicate<T>? shouldHandle = null) =>
        Receive(message => ActorTaskScheduler.RunTask(() => handler(message)), shouldHandle);

    /// <inheritdoc cref="ReceiveAsync{T}(Func{T, Task}, Predicate{T})"/>
    protected void ReceiveAsync<T>(Predicate<T> shouldHandle, Func<T, Task> handler) => ReceiveAsync(handler, shouldHandle);

    /// <inheritdoc cref="ReceiveAsync{T}(Func{T, Task}, Predicate{T})"/>
    protected void ReceiveAsync(Type messageType, Func<object, Task> handler, Predicate<object>? shouldHandle = null) =>
        Receive(messageType, message => ActorTaskScheduler.RunTask(() => handler(message)), shouldHandle);

    /// <inheritdoc cref="ReceiveAsync{T}(Func{T, Task}, Predicate{T})"/>
    protected void ReceiveAsync(Type messageType, Predicate<object> shouldHandle, Func<object, Task> handler) =>
        ReceiveAsync(messageType, handler, shouldHandle);

    /// <summary>Takes every message the handlers before it left. No handler can follow it.</summary>
    protected void ReceiveAny(Action<object> handler) => Add(new AnyHandler(handler));

    /// <summary><see cref="ReceiveAny"/> with the waiting of ReceiveAsync.</summary>
    protected void ReceiveAnyAsync(Func<object, Task> handler) =>
        ReceiveAny(message => ActorTaskScheduler.RunTask(() => handler(message)));

    private void Add(ReceiveHandler handler)
    {
        if (open is null)
            throw new InvalidOperationException("You may only call Receive-methods when constructing the actor and inside Become().");
        open.Add(handler);
    }

    private Receive Build(Action configure)
    {
        var outer = open;
        var handlers = open = new ReceiveHandlers();
        try
        {
            configure();
        }
        finally
        {
            open = outer;
        }

        return handlers.Handle;
    }
}
