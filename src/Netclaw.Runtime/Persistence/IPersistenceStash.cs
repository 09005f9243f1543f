using Akka.Actor;

namespace Akka.Persistence;

/// <summary>A stash that knows what to do when it overflows.</summary>
/// <remarks>Akka.NET documentation, "Persistence: Event Sourcing".</remarks>
public interface IPersistenceStash : IWithUnboundedStash
{
    /// <summary>What happens to a command that finds the internal stash full.</summary>
    IStashOverflowStrategy InternalStashOverflowStrategy { get; }
}
