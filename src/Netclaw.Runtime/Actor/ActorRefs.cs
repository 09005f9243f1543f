namespace Akka.Actor;

/// <summary>References that stand for nobody.</summary>
/// <remarks>Akka.NET documentation, "Actor References, Paths and Addresses".</remarks>
public static class ActorRefs
{
    /// <summary>Takes every message and does nothing.</summary>
    public static readonly Nobody Nobody = Nobody.Instance;

    /// <summary>No sender: the receiver sees dead letters as its Sender.</summary>
    public static readonly IActorRef NoSender = null!;
}
