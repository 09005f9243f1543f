using Netclaw.Protocol;

namespace Netclaw.Actors.Trust.Enumeration;

/// <summary>What becomes of a connection, as trust.md has it.</summary>
internal enum Outcome
{
    Refused,
    MustPair,
    PairSilently,
    EnrolLegacy,
    RedeemSetup,
    Granted,
}

/// <summary>What trust.md says of one question. <see cref="Most"/> bounds the scopes of whoever is let in.</summary>
internal readonly record struct Ruling(Outcome Outcome, RefusalCode? Code, AuthMethod? Method, ScopeSet Most, bool IsInternal, bool IsDevice)
{
    public static Ruling No(RefusalCode code) => new(Outcome.Refused, code, null, ScopeSet.Empty, false, false);

    public static Ruling Pair() => new(Outcome.MustPair, null, null, ScopeSet.Empty, false, false);

    public static Ruling Silently(ScopeSet most) => new(Outcome.PairSilently, null, null, most, false, false);

    public static Ruling Enrol() => new(Outcome.EnrolLegacy, null, null, ScopeSet.DeviceDefault, false, false);

    public static Ruling Redeem(ScopeSet most) => new(Outcome.RedeemSetup, null, null, most, false, false);

    public static Ruling Yes(AuthMethod method, ScopeSet most, bool isInternal = false, bool isDevice = false) => new(Outcome.Granted, null, method, most, isInternal, isDevice);

    /// <summary>An answer of the policy in the same words; its scopes are exact.</summary>
    public static Ruling Of(AccessDecision answer) => answer switch
    {
        AccessDecision.Refused refused => No(refused.Code),
        AccessDecision.MustPair => Pair(),
        AccessDecision.PairSilently silent => Silently(silent.Scopes),
        AccessDecision.EnrolLegacy => Enrol(),
        AccessDecision.RedeemSetup redeem => Redeem(redeem.Scopes),
        AccessDecision.Granted { Principal: var who } => Yes(who.Method, who.Scopes, who.IsInternal, who.Device is not null),
        _ => throw new ArgumentOutOfRangeException(nameof(answer), answer, "no such decision"),
    };
}
