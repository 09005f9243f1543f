namespace Akka.Dispatch;

/// <summary>Says what kind of mailbox an actor needs. The one mailbox of this runtime meets every kind.</summary>
/// <remarks>Akka.NET documentation, "Dispatchers".</remarks>
public interface IRequiresMessageQueue<T>;
