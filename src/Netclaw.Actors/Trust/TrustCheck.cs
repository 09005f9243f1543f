namespace Netclaw.Actors.Trust;

/// <summary>One step of the decision: answers, or passes the question on with null.</summary>
/// <param name="Name">As <c>netclaw policy explain</c>, audit records and traces name it.</param>
/// <param name="Run">Pure; sees everything, remembers nothing.</param>
public sealed record TrustCheck(string Name, Func<AccessQuestion, AccessDecision?> Run)
{
    public override string ToString() => Name;
}
