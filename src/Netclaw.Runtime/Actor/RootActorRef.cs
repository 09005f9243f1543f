using Akka.Dispatch.SysMsg;
using Akka.Event;

namespace Akka.Actor;

/// <summary>
/// The root of the tree, above the guardians. A guardian that fails ends the system. The system guardian is stopped once
/// the user guardian is gone, so that loggers and extensions outlive the actors that use them.
/// </summary>
internal sealed class RootActorRef(ActorSystemImpl system, ActorPath path) : MinimalActorRef
{
    public override ActorPath Path => path;

    public override IActorRefProvider Provider => system.Provider;

    public override IInternalActorRef Parent => this;

    public IEnumerable<IInternalActorRef> Children => [system.UserGuardian, system.SystemGuardianRef, system.Temp];

    public override IActorRef GetChild(IReadOnlyList<string> name)
    {
        if (name.Count == 0)
            return this;
        IInternalActorRef next = name[0] switch
        {
            "" or ".." => this,
            "user" => system.UserGuardian,
            "system" => system.SystemGuardianRef,
            "temp" => system.Temp,
            "deadLetters" => (IInternalActorRef)system.DeadLetters,
            _ => ActorRefs.Nobody,
        };
        return name.Count == 1 ? next : next.GetChild([.. name.Skip(1)]);
    }

    public override void SendSystemMessage(ISystemMessage message)
    {
        switch (message)
        {
            case Failed failed:
                system.EventStream.Publish(new Error(failed.Cause, failed.Child.Path.ToString(), GetType(), $"A guardian failed, so the actor system ends: {failed.Cause.Message}"));
                failed.Child.Stop();
                _ = system.Terminate();
                break;
            case DeathWatchNotification death:
                system.GuardianGone(death.Actor);
                break;
            case Watch watch when system.WhenTerminated.IsCompleted:
                watch.Watcher.SendSystemMessage(new DeathWatchNotification(this, existenceConfirmed: false));
                break;
        }
    }

    public override void Stop() => _ = system.Terminate();
}
