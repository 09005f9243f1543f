using Netclaw.Protocol;

namespace Netclaw.Actors.Trust.Secrets;

/// <summary>A child that is about to be started and wants to talk to its gateway.</summary>
/// <param name="Run">Names the child; used once.</param>
/// <param name="Parent">Who starts it. When it is a run itself, the child goes down with it.</param>
/// <param name="Scopes">What it may do: never more than the parent.</param>
/// <param name="Lifetime">At most this long, however long the child runs.</param>
/// <param name="UserId">The user that the child runs as.</param>
public sealed record SpawnRequest(RunId Run, Principal Parent, ScopeSet Scopes, TimeSpan Lifetime, uint UserId);

/// <summary>What became of a <see cref="SpawnRequest"/>. Closed.</summary>
public abstract record SpawnMint
{
    private SpawnMint()
    {
    }

    /// <param name="Credential">For the child's environment; nobody else keeps it.</param>
    public sealed record Minted(Secret Credential) : SpawnMint;

    /// <param name="Seen">What was wrong with the request, for a person.</param>
    public sealed record Refused(RefusalCode Code, string Seen) : SpawnMint;
}
