using Akka.Dispatch.SysMsg;

namespace Akka.Actor;

/// <summary>Children: made, found, stopped, and missed when they are gone.</summary>
internal sealed partial class ActorCell
{
    private ActorChildren? children;

    public IActorRef ActorOf(Props props, string? name = null) => AddChild(props, name);

    /// <exception cref="InvalidActorNameException">The name is malformed or taken.</exception>
    /// <exception cref="InvalidOperationException">The parent is stopping.</exception>
    public LocalActorRef AddChild(Props props, string? name)
    {
        if (name is not null)
            CheckName(name);
        var child = ChildrenForChange().Add(
            name,
            static (name, number, state) =>
            {
                var (parent, props) = ((ActorCell, Props))state;
                return new LocalActorRef(parent.SystemImpl, props, parent.SystemImpl.Dispatchers.Lookup(props.Dispatcher), parent.self, name, number);
            },
            (this, props));
        child.Start();
        return child;
    }

    public IActorRef Child(string name) => FindChild(name) ?? (IActorRef)ActorRefs.Nobody;

    public LocalActorRef? FindChild(string name) => Volatile.Read(ref children)?.Find(name);

    public IEnumerable<IActorRef> GetChildren() => Volatile.Read(ref children)?.ToArray() ?? [];

    public void Stop(IActorRef child)
    {
        if (child is LocalActorRef local)
            children?.MarkDying(local);
        ((IInternalActorRef)child).Stop();
    }

    private static void CheckName(string name)
    {
        if (name.Length == 0)
            throw new InvalidActorNameException("Actor name must not be empty.");
        if (!ActorPath.IsValidPathElement(name))
        {
            throw new InvalidActorNameException(
                $"Illegal actor name [{name}]. Actor paths MUST: not start with `$`, include only ASCII letters and can only contain these special characters: {ActorPath.ValidSymbols}.");
        }
    }

    /// <summary>The guardians get children from any thread, so the container itself is made with care.</summary>
    private ActorChildren ChildrenForChange() =>
        Volatile.Read(ref children)
        ?? Interlocked.CompareExchange(ref children, new ActorChildren(), null)
        ?? children;

    private void Learn(DeathWatchNotification death)
    {
        QueueTerminated(death);
        if (death.Actor is not LocalActorRef child || children?.Remove(child) != true)
            return;
        if (state == CellState.Stopping && children.Count == 0)
            FinishTerminate();
        else if (state == CellState.Restarting && children.Dying == 0)
            FinishRestart();
    }
}
