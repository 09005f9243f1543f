namespace Akka.Actor;

/// <summary>A bounded stash was full.</summary>
/// <remarks>Akka.NET documentation, "Stash".</remarks>
public class StashOverflowException(string message, Exception? cause = null) : AkkaException(message, cause);
