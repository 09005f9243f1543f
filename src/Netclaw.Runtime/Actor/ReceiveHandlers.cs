namespace Akka.Actor;

/// <summary>The handlers of one behaviour, in the order of their registration.</summary>
internal sealed class ReceiveHandlers
{
    private ReceiveHandler[] handlers = [];
    private bool closed;

    /// <exception cref="InvalidOperationException">A handler that takes everything is registered already.</exception>
    public void Add(ReceiveHandler handler)
    {
        if (closed)
            throw new InvalidOperationException("A handler that catches all messages has been added. No handler can be added after that.");
        closed = handler.TakesAll;
        handlers = [.. handlers, handler];
    }

    public bool Handle(object message)
    {
        foreach (var handler in handlers)
        {
            if (handler.Handle(message))
                return true;
        }

        return false;
    }
}

/// <summary>One registered handler; false when the message is not for it.</summary>
internal abstract class ReceiveHandler
{
    public virtual bool TakesAll => false;

    public abstract bool Handle(object message);
}

internal sealed class ActionHandler<T>(Action<T> handler) : ReceiveHandler
{
    public override bool TakesAll => typeof(T) == typeof(object);

    public override bool Handle(object message)
    {
        if (message is not T typed)
            return false;
        handler(typed);
        return true;
    }
}

internal sealed class GuardedHandler<T>(Action<T> handler, Predicate<T> shouldHandle) : ReceiveHandler
{
    public override bool Handle(object message)
    {
        if (message is not T typed || !shouldHandle(typed))
            return false;
        handler(typed);
        return true;
    }
}

internal sealed class FuncHandler<T>(Func<T, bool> handler) : ReceiveHandler
{
    public override bool Handle(object message) => message is T typed && handler(typed);
}

internal sealed class TypedHandler(Type type, Func<object, bool> handler) : ReceiveHandler
{
    public override bool Handle(object message) => type.IsInstanceOfType(message) && handler(message);
}

internal sealed class AnyHandler(Action<object> handler) : ReceiveHandler
{
    public override bool TakesAll => true;

    public override bool Handle(object message)
    {
        handler(message);
        return true;
    }
}
