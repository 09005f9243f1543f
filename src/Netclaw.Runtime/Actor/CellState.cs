namespace Akka.Actor;

/// <summary>Where an actor is in its life. Only in Running are user messages processed.</summary>
internal enum CellState
{
    Running = 0,

    /// <summary>No instance was made yet.</summary>
    New,

    /// <summary>The old instance is gone; its stopped children are not yet.</summary>
    Restarting,

    /// <summary>Waiting for all children to be gone.</summary>
    Stopping,

    Stopped,
}
