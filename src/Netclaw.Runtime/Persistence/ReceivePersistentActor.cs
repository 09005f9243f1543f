using Akka.Actor;

namespace Akka.Persistence;

/// <summary>
/// A persistent actor whose handlers are registered by type: commands in its constructor or in a behaviour given to Become, recovery in
/// its constructor. The first handler that takes a message wins.
/// </summary>
/// <remarks>Akka.NET documentation, "Persistence: Event Sourcing".</remarks>
public abstract class ReceivePersistentActor : UntypedPersistentActor
{
    private readonly ReceiveHandlers _recovery = new();
    private readonly ReceiveHandlers _initial = new();
    private ReceiveHandlers? _open;

    /// <summary>Call Recover and Command in the constructor.</summary>
    protected ReceivePersistentActor() => _open = _initial;

    /// <inheritdoc/>
    public override void AroundPreStart()
    {
        _open = null;
        base.AroundPreStart();
    }

    /// <inheritdoc/>
    public override void AroundPostRestart(Exception reason, object message)
    {
        _open = null;
        base.AroundPostRestart(reason, message);
    }

    /// <inheritdoc/>
    protected sealed override void OnCommand(object message)
    {
        if (!_initial.Handle(message))
        {
            Unhandled(message);
        }
    }

    /// <inheritdoc/>
    protected sealed override void OnRecover(object message)
    {
        if (!_recovery.Handle(message))
        {
            Unhandled(message);
        }
    }

    /// <summary>Replaces the command behaviour by the handlers that <paramref name="configure"/> registers.</summary>
    protected void Become(Action configure) => Context.Become(Build(configure));

    /// <summary>Puts the handlers that <paramref name="configure"/> registers on top of the current command behaviour.</summary>
    protected void BecomeStacked(Action configure) => Context.BecomeStacked(Build(configure));

    /// <summary>A handler for what recovery brings: events, snapshots, RecoveryCompleted.</summary>
    protected void Recover<T>(Action<T> handler, Predicate<T>? shouldHandle = null) => _recovery.Add(Handler(handler, shouldHandle));

    /// <summary>A handler for what recovery brings: events, snapshots, RecoveryCompleted.</summary>
    protected void Recover<T>(Predicate<T> shouldHandle, Action<T> handler) => Recover(handler, shouldHandle);

    /// <summary>A handler that returns false leaves the message to the handlers after it.</summary>
    protected void Recover<T>(Func<T, bool> handler) => _recovery.Add(new FuncHandler<T>(handler));

    /// <summary>A handler for what recovery brings: events, snapshots, RecoveryCompleted.</summary>
    protected void Recover(Type messageType, Action<object> handler, Predicate<object>? shouldHandle = null) =>
        _recovery.Add(Handler(messageType, handler, shouldHandle));

    /// <summary>A handler for what recovery brings: events, snapshots, RecoveryCompleted.</summary>
    protected void Recover(Type messageType, Predicate<object> shouldHandle, Action<object> handler) => Recover(messageType, handler, shouldHandle);

    /// <summary>A handler for what recovery brings: events, snapshots, RecoveryCompleted.</summary>
    protected void Recover(Type messageType, Func<object, bool> handler) => _recovery.Add(new TypedHandler(messageType, handler));

    /// <summary>Takes what the recovery handlers before it left. No handler can follow it.</summary>
    protected void RecoverAny(Action<object> handler) => _recovery.Add(new AnyHandler(handler));

    /// <summary>A handler for commands; tried in the order of the calls.</summary>
    protected void Command<T>(Action<T> handler, Predicate<T>? shouldHandle = null) => Add(Handler(handler, shouldHandle));

    /// <summary>A handler for commands; tried in the order of the calls.</summary>
    protected void Command<T>(Predicate<T> shouldHandle, Action<T> handler) => Command(handler, shouldHandle);

    /// <summary>A handler that returns false leaves the message to the handlers after it.</summary>
    protected void Command<T>(Func<T, bool> handler) => Add(new FuncHandler<T>(handler));

    /// <summary>A handler for commands; tried in the order of the calls.</summary>
    protected void Command(Type messageType, Action<object> handler, Predicate<object>? shouldHandle = null) =>
        Add(Handler(messageType, handler, shouldHandle));

    /// <summary>A handler for commands; tried in the order of the calls.</summary>
    protected void Command(Type messageType, Predicate<object> shouldHandle, Action<object> handler) => Command(messageType, handler, shouldHandle);

    /// <summary>A handler for commands; tried in the order of the calls.</summary>
    protected void Command(Type messageType, Func<object, bool> handler) => Add(new TypedHandler(messageType, handler));

    /// <summary>A handler for commands; tried in the order of the calls.</summary>
    protected void Command(Action<object> handler) => CommandAny(handler);

    /// <summary>Takes every command the handlers before it left. No handler can follow it.</summary>
    protected void CommandAny(Action<object> handler) => Add(new AnyHandler(handler));

    /// <summary>The next command waits until the task is done and what it persisted is handled.</summary>
    protected void CommandAsync<T>(Func<T, Task> handler, Predicate<T>? shouldHandle = null) =>
        Command(message => RunTask(() => handler(message)), shouldHandle);

    /// <inheritdoc cref="CommandAsync{T}(Func{T, Task}, Predicate{T})"/>
    protected void CommandAsync<T>(Predicate<T> shouldHandle, Func<T, Task> handler) => CommandAsync(handler, shouldHandle);

    /// <inheritdoc cref="CommandAsync{T}(Func{T, Task}, Predicate{T})"/>
    protected void CommandAsync(Type messageType, Func<object, Task> handler, Predicate<object>? shouldHandle = null) =>
        Command(messageType, message => RunTask(() => handler(message)), shouldHandle);

    /// <inheritdoc cref="CommandAsync{T}(Func{T, Task}, Predicate{T})"/>
    protected void CommandAsync(Type messageType, Predicate<object> shouldHandle, Func<object, Task> handler) =>
        CommandAsync(messageType, handler, shouldHandle);

    /// <inheritdoc cref="CommandAsync{T}(Func{T, Task}, Predicate{T})"/>
    protected void CommandAnyAsync(Func<object, Task> handler) => CommandAny(message => RunTask(() => handler(message)));

    private static ReceiveHandler Handler<T>(Action<T> handler, Predicate<T>? shouldHandle) =>
        shouldHandle is null ? new ActionHandler<T>(handler) : new GuardedHandler<T>(handler, shouldHandle);

    private static TypedHandler Handler(Type messageType, Action<object> handler, Predicate<object>? shouldHandle) =>
        new(messageType, message =>
        {
            if (shouldHandle is not null && !shouldHandle(message))
            {
                return false;
            }

            handler(message);
            return true;
        });

    private void Add(ReceiveHandler handler)
    {
        if (_open is null)
        {
            throw new InvalidOperationException("You may only call Command-methods when constructing the actor and inside Become().");
        }

        _open.Add(handler);
    }

    private Receive Build(Action configure)
    {
        var outer = _open;
        var handlers = _open = new ReceiveHandlers();
        try
        {
            configure();
        }
        finally
        {
            _open = outer;
        }

        return handlers.Handle;
    }
}
