namespace Akka.Actor;

/// <summary>A bounded stash was full.</summary>
public class StashOverflowException(string message, Exception? cause = null) : AkkaException(message, cause);
