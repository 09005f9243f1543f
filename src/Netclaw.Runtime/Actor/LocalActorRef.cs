using Akka.Dispatch;
using Akka.Dispatch.SysMsg;
using Akka.Util;

namespace Akka.Actor;

/// <summary>The reference to an actor of this process. Name and path are made when somebody asks.</summary>
internal sealed class LocalActorRef : InternalActorRefBase
{
    private readonly InternalActorRefBase parent;
    private readonly Mailbox mailbox;
    private string? name;
    private ActorPath? path;

    public LocalActorRef(ActorSystemImpl system, Props props, MessageDispatcher dispatcher, InternalActorRefBase parent, string? name, long number)
    {
        this.parent = parent;
        this.name = name;
        Number = number;
        Incarnation = system.NextUid();
        mailbox = new ActorCell(system, this, props, dispatcher).Mailbox;
    }

    public ActorCell Cell => mailbox.Cell;

    /// <summary>The counter behind a generated name.</summary>
    public long Number { get; }

    /// <summary>True when <see cref="Name"/> is generated from <see cref="Number"/>.</summary>
    public bool HasGeneratedName => Number >= 0;

    /// <summary>Where the parent keeps this child; guarded by the parent's children.</summary>
    internal int ChildIndex;

    /// <summary>The parent has asked it to stop; guarded by the parent's children.</summary>
    internal bool Dying;

    /// <summary>It may be subscribed to the event stream.</summary>
    internal volatile bool Subscribed;

    internal override long Incarnation { get; }

    public string Name => name ??= Base64Number.Encode(Number, "$");

    public override ActorPath Path => path ??= new ChildActorPath(parent.Path, Name, Incarnation);

    public override IInternalActorRef Parent => parent;

    public override IActorRefProvider Provider => Cell.SystemImpl.Provider;

    public override bool IsLocal => true;

    public override bool IsTerminated => mailbox.IsClosed;

    public override void Start() => mailbox.Start();

    public override void Stop() => SendSystemMessage(new Terminate());

    public override void Suspend() => SendSystemMessage(new Suspend());

    public override void Resume(Exception? causedByFailure = null) => SendSystemMessage(new Resume(causedByFailure));

    public override void Restart(Exception cause) => SendSystemMessage(new Recreate(cause));

    public override void SendSystemMessage(ISystemMessage message)
    {
        var system = (SystemMessage)message;
        if (!mailbox.PostSystem(system))
            Cell.HandleAfterDeath(system);
    }

    public override IActorRef GetChild(IReadOnlyList<string> name)
    {
        IInternalActorRef found = this;
        foreach (var element in name)
        {
            found = element switch
            {
                "" => found,
                ".." => found.Parent,
                _ when found is LocalActorRef local => local.GetSingleChild(element),
                _ => (IInternalActorRef)found.GetChild([element]),
            };
        }

        return found;
    }

    /// <summary>The child of this name (and incarnation, as in <c>name#123</c>), or Nobody.</summary>
    public IInternalActorRef GetSingleChild(string nameAndUid)
    {
        var hash = nameAndUid.IndexOf('#', StringComparison.Ordinal);
        var child = Cell.FindChild(hash < 0 ? nameAndUid : nameAndUid[..hash]);
        if (child is null || (hash >= 0 && nameAndUid.AsSpan(hash + 1) is var uid && !uid.SequenceEqual(child.Incarnation.ToString(System.Globalization.CultureInfo.InvariantCulture))))
            return ActorRefs.Nobody;
        return child;
    }

    protected override void TellInternal(object message, IActorRef sender) => mailbox.Post(message, sender);
}
