using Akka.Dispatch.SysMsg;

namespace Akka.Actor;

/// <summary>Whether a reference denotes something in this process.</summary>
/// <remarks>Akka.NET documentation, "Actor References, Paths and Addresses".</remarks>
public interface IActorRefScope
{
    /// <summary>Whether the actor lives in this process.</summary>
    bool IsLocal { get; }
}

/// <summary>What the runtime needs of every reference it supervises or watches.</summary>
/// <remarks>Akka.NET documentation, "Actor References, Paths and Addresses".</remarks>
public interface IInternalActorRef : IActorRef, IActorRefScope
{
    /// <summary>The supervisor.</summary>
    IInternalActorRef Parent { get; }

    /// <summary>Who made it.</summary>
    IActorRefProvider Provider { get; }

    /// <summary>Whether it has ended; once true, true for ever.</summary>
    bool IsTerminated { get; }

    /// <summary>The descendant at this relative path, or Nobody. ".." is the parent.</summary>
    IActorRef GetChild(IReadOnlyList<string> name);

    /// <summary>Goes on after a failure, with the same instance.</summary>
    void Resume(Exception? causedByFailure = null);

    /// <summary>Lets the actor run for the first time.</summary>
    void Start();

    /// <summary>Asks it to end after its present message.</summary>
    void Stop();

    /// <summary>Replaces its instance because of that failure.</summary>
    void Restart(Exception cause);

    /// <summary>Holds user messages back; as often as it is resumed.</summary>
    void Suspend();

    /// <summary>Before any user message.</summary>
    void SendSystemMessage(ISystemMessage message);
}
