using Akka.Actor;

namespace Akka.Persistence;

public interface IPersistenceStash : IWithUnboundedStash
{
    /// <summary>What happens to a command that finds the internal stash full.</summary>
    IStashOverflowStrategy InternalStashOverflowStrategy { get; }
}
