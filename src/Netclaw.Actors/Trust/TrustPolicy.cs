using System.Collections.Immutable;
using Netclaw.Protocol;
using static Netclaw.Actors.Trust.AccessDecision;

namespace Netclaw.Actors.Trust;

/// <summary>
/// The one decision: what a connection gets for what it proves (trust.md). Pure and total: a table of checks in the order of trust.md
/// section 6, of which the first that answers decides. The last one of each table always answers; if it did not, nobody gets in.
/// </summary>
public sealed class TrustPolicy(ImmutableArray<TrustCheck> control, ImmutableArray<TrustCheck> shared, ImmutableArray<TrustCheck> tcp)
{
    /// <summary>The product's policy.</summary>
    public static TrustPolicy Default { get; } = new(TrustChecks.Control, TrustChecks.Shared, TrustChecks.Tcp);

    /// <summary>The checks that a connection of this listener passes, in order.</summary>
    public ImmutableArray<TrustCheck> Checks(ListenerKind listener) => listener switch
    {
        ListenerKind.Control => control,
        ListenerKind.Shared => shared,
        ListenerKind.Tcp => tcp,
        _ => throw new ArgumentOutOfRangeException(nameof(listener), listener, "no such listener"),
    };

    public AccessDecision Decide(AccessQuestion asked) => Decide(asked, out _);

    /// <param name="answered">The place in <see cref="Checks"/> of the check that answered; those before it passed the question on.</param>
    public AccessDecision Decide(AccessQuestion asked, out int answered)
    {
        var checks = Checks(asked.Evidence.Listener);
        for (answered = 0; answered < checks.Length; answered++)
        {
            if (checks[answered].Run(asked) is { } decision)
            {
                return decision;
            }
        }

        return new Refused(RefusalCode.Unauthorized, "end", "no check let it in");
    }
}
