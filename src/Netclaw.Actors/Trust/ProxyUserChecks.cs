using System.Globalization;
using Netclaw.Protocol;
using static Netclaw.Actors.Trust.AccessDecision;

namespace Netclaw.Actors.Trust;

/// <summary>Whom a trusted proxy names (trust.md section 5, steps 5 to 8). Each check lets other auth modes pass.</summary>
internal static class ProxyUserChecks
{
    /// <summary>On loopback the kernel can say whose process poses as the proxy.</summary>
    public static AccessDecision? ForeignProcess(AccessQuestion asked)
    {
        var rule = asked.Options.TrustedProxy.ProxyUids;
        return !Applies(asked) || asked.Evidence.Place != RemotePlace.Loopback || rule.IsNone || rule.Admits(asked.Evidence.RemoteUserId) ? null
            : new Refused(RefusalCode.TrustedProxyUidNotAllowed, "proxy-process", asked.Evidence.RemoteUserId is { } user
                ? string.Create(CultureInfo.InvariantCulture, $"the process belongs to uid {user}, which auth.trustedProxy.proxyUids does not list")
                : "the kernel did not say whose process it is");
    }

    public static AccessDecision? RequiredHeaders(AccessQuestion asked) => Applies(asked) && asked.Evidence.MissingHeader is { } header
        ? new Refused(RefusalCode.TrustedProxyMissingHeader, "required-headers", $"the header {header} is missing, blank or there more than once") { Header = header }
        : null;

    public static AccessDecision? User(AccessQuestion asked) => !Applies(asked) ? null
        : asked.Options.TrustedProxy.Assertion is null ? UserHeader(asked.Evidence.User) : Assertion(asked);

    /// <summary>Also for <c>loopbackUser</c>: an opt-in names one user, it does not widen who may come in.</summary>
    public static AccessDecision? AllowUsers(AccessQuestion asked) =>
        asked.Options.Auth == AuthMode.TrustedProxy && NameOf(asked) is var name && !asked.Options.TrustedProxy.Allows(name)
            ? new Refused(RefusalCode.TrustedProxyUserNotAllowed, "allow-users", $"{Shown.Line(name)} is not in auth.trustedProxy.allowUsers")
            : null;

    /// <summary>The user, once the checks above have passed.</summary>
    public static string NameOf(AccessQuestion asked) =>
        (asked.IsLoopbackUser() ? asked.Options.TrustedProxy.LoopbackUser
            : asked.Options.TrustedProxy.Assertion is null ? asked.Evidence.User.Value
            : asked.Credentials.AssertedUser) ?? throw new InvalidOperationException("asked for the user before the checks passed");

    private static bool Applies(AccessQuestion asked) => asked.Options.Auth == AuthMode.TrustedProxy && !asked.IsLoopbackUser();

    private static Refused? UserHeader(HeaderReading user) => user.State switch
    {
        HeaderState.One when !string.IsNullOrWhiteSpace(user.Value) => null,
        HeaderState.Absent => Missing("the user header is missing"),
        HeaderState.Blank or HeaderState.One => Missing("the user header is blank"),
        HeaderState.Ambiguous => Missing("the user header is there more than once, in more than one spelling, or is named a header of one hop only"),
        _ => throw new ArgumentOutOfRangeException(nameof(user), user.State, "no such state"),
    };

    private static Refused? Assertion(AccessQuestion asked) => asked.Credentials.Assertion switch
    {
        AssertionVerdict.Valid when asked.Evidence.Assertion.State == HeaderState.One =>
            string.IsNullOrWhiteSpace(asked.Credentials.AssertedUser) ? Bad(RefusalCode.AssertionUserMissing, "it names no user") : Conflict(asked),
        AssertionVerdict.Absent or AssertionVerdict.Valid => Bad(RefusalCode.AssertionMissing, asked.Evidence.Assertion.State == HeaderState.Absent ? "the assertion header is missing" : "the assertion header is blank or there more than once"),
        AssertionVerdict.Malformed => Bad(RefusalCode.AssertionMalformed, "it is no signed JWT of an accepted form"),
        AssertionVerdict.KeysUnavailable => Bad(RefusalCode.AssertionKeysUnavailable, "the key set could not be read"),
        AssertionVerdict.SignatureInvalid => Bad(RefusalCode.AssertionSignatureInvalid, "its signature verifies under no key of the set"),
        AssertionVerdict.IssuerMismatch => Bad(RefusalCode.AssertionIssuerMismatch, "another issuer made it"),
        AssertionVerdict.AudienceMismatch => Bad(RefusalCode.AssertionAudienceMismatch, "it is meant for somebody else"),
        AssertionVerdict.Expired => Bad(RefusalCode.AssertionExpired, "it is not valid at this time"),
        AssertionVerdict.UserMissing => Bad(RefusalCode.AssertionUserMissing, "it names no user"),
        _ => throw new ArgumentOutOfRangeException(nameof(asked), asked.Credentials.Assertion, "no such verdict"),
    };

    private static Refused? Conflict(AccessQuestion asked) => asked.Evidence.User switch
    {
        { State: HeaderState.Absent } => null,
        { State: HeaderState.One, Value: var named } when named == asked.Credentials.AssertedUser => null,
        _ => Bad(RefusalCode.TrustedProxyUserConflict, "the user header names somebody other than the assertion"),
    };

    private static Refused Missing(string seen) => new(RefusalCode.TrustedProxyUserMissing, "user", seen);

    private static Refused Bad(RefusalCode code, string seen) => new(code, "user", seen);
}
