using System.Collections.Immutable;
using Netclaw.Protocol;

namespace Netclaw.Actors.Trust.Explaining;

/// <summary>A decision with the way that led to it.</summary>
/// <param name="Checks">The table of the connection's listener.</param>
/// <param name="Answered">The place in it of the check that answered.</param>
public sealed record Explanation(Question Question, AccessDecision Decision, ImmutableArray<TrustCheck> Checks, int Answered)
{
    public static Explanation Of(TrustPolicy policy, Question question)
    {
        var decision = policy.Decide(question.Asked, out var answered);
        return new Explanation(question, decision, policy.Checks(question.Asked.Evidence.Listener), answered);
    }

    public string Outcome => Decision switch
    {
        AccessDecision.Granted => "granted",
        AccessDecision.MustPair => "must_pair",
        AccessDecision.PairSilently => "pair_silently",
        AccessDecision.EnrolLegacy => "enrol_legacy",
        AccessDecision.RedeemSetup => "redeem_setup",
        AccessDecision.Refused => "refused",
        _ => throw new InvalidOperationException($"no such decision: {Decision}"),
    };

    public AccessDecision.Refused? Refused => Decision as AccessDecision.Refused;

    /// <summary>Who is let in; null for everybody else.</summary>
    public Principal? Principal => (Decision as AccessDecision.Granted)?.Principal;

    public Role Role => Question.Asked.Hello.Role;

    /// <summary>Granted, or what would be paired; none when refused.</summary>
    public ScopeSet Scopes => Decision switch
    {
        AccessDecision.Granted { Principal.Scopes: var scopes } => scopes,
        AccessDecision.MustPair { Scopes: var scopes } => scopes,
        AccessDecision.PairSilently { Scopes: var scopes } => scopes,
        AccessDecision.EnrolLegacy => ScopeSet.DeviceDefault,
        AccessDecision.RedeemSetup { Scopes: var scopes } => scopes,
        _ => ScopeSet.Empty,
    };

    /// <summary>The one command that leads out; null where nothing is in the way.</summary>
    public string? Remedy => Refused is { } refused && RefusalTable.For(refused.Code).Remedy is { Length: > 0 } remedy ? remedy : null;
}
