namespace Akka.Actor;

public static class ActorRefs
{
    public static readonly Nobody Nobody = Nobody.Instance;

    /// <summary>No sender: the receiver sees dead letters as its Sender.</summary>
    public static readonly IActorRef NoSender = null!;
}
