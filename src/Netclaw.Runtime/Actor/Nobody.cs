namespace Akka.Actor;

/// <summary>The reference to no actor. What is sent to it is lost.</summary>
public sealed class Nobody : MinimalActorRef
{
    public static readonly Nobody Instance = new();

    private readonly ActorPath path = new RootActorPath(new Address("akka", "all-systems"), "/Nobody");

    private Nobody()
    {
    }

    public override ActorPath Path => path;

    public override IActorRefProvider Provider => throw new NotSupportedException("Nobody belongs to no actor system.");
}
