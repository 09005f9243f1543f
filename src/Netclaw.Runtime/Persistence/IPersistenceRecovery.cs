namespace Akka.Persistence;

public interface IPersistenceRecovery
{
    /// <summary>Asked once, when the actor starts.</summary>
    Recovery Recovery { get; }
}
