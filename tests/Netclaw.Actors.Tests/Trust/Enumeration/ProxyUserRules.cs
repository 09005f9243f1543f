using Netclaw.Protocol;
using static Netclaw.Protocol.RefusalCode;

namespace Netclaw.Actors.Trust.Enumeration;

/// <summary>trust.md section 5, steps 6 to 8 and the paragraph on assertions, for a connection that is not taken for <c>loopbackUser</c>.</summary>
internal static class ProxyUserRules
{
    public static RefusalCode? Failure(AccessQuestion asked)
    {
        var (seen, offered, proxy) = (asked.Evidence, asked.Credentials, asked.Options.TrustedProxy);
        var user = seen.RemoteUserId == 65534 ? null : seen.RemoteUserId;
        var uidRule = proxy.ProxyUids.Any || proxy.ProxyUids.Users.Length > 0;
        if (seen.Place == RemotePlace.Loopback && uidRule && !(user is { } known && (proxy.ProxyUids.Any || proxy.ProxyUids.Users.Contains(known))))
        {
            return TrustedProxyUidNotAllowed;
        }

        if (seen.MissingHeader is not null)
        {
            return TrustedProxyMissingHeader;
        }

        if (proxy.Assertion is null)
        {
            return seen.User.State == HeaderState.One ? null : TrustedProxyUserMissing;
        }

        RefusalCode? failure = offered.Assertion switch
        {
            AssertionVerdict.Absent => AssertionMissing,
            AssertionVerdict.Malformed => AssertionMalformed,
            AssertionVerdict.KeysUnavailable => AssertionKeysUnavailable,
            AssertionVerdict.SignatureInvalid => AssertionSignatureInvalid,
            AssertionVerdict.IssuerMismatch => AssertionIssuerMismatch,
            AssertionVerdict.AudienceMismatch => AssertionAudienceMismatch,
            AssertionVerdict.Expired => AssertionExpired,
            AssertionVerdict.UserMissing => AssertionUserMissing,
            _ when seen.Assertion.State != HeaderState.One => AssertionMissing,
            _ => offered.AssertedUser is null ? AssertionUserMissing : null,
        };
        var agrees = seen.User.State == HeaderState.Absent || (seen.User.State == HeaderState.One && seen.User.Value == offered.AssertedUser);
        return failure ?? (agrees ? null : TrustedProxyUserConflict);
    }

    /// <summary>Read and write unless <c>identityScopes</c> names the user; never more where any local process could have said it.</summary>
    public static ScopeSet Most(AccessQuestion asked, string user, bool asLoopbackUser)
    {
        var proxy = asked.Options.TrustedProxy;
        var most = proxy.IdentityScopes.TryGetValue(user, out var scopes) ? scopes : ScopeSet.ReadWrite;
        var anybodyCouldSayIt = asked.Evidence.Place == RemotePlace.Loopback && (asLoopbackUser
            ? proxy.LoopbackUids is { Any: true }
            : proxy.Assertion is null && proxy.ProxyUids.Users.Length == 0);
        return anybodyCouldSayIt ? new ScopeSet(most.Expanded.Flags & (Scope.Read | Scope.Write | Scope.Talk)) : most;
    }
}
