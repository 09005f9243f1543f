namespace Akka.Persistence;

/// <summary>How an actor wants to be recovered.</summary>
/// <remarks>Akka.NET documentation, "Persistence: Event Sourcing".</remarks>
public interface IPersistenceRecovery
{
    /// <summary>Asked once, when the actor starts.</summary>
    Recovery Recovery { get; }
}
