using Netclaw.Protocol;
using static Netclaw.Actors.Trust.AccessDecision;

namespace Netclaw.Actors.Trust;

/// <summary>
/// The bearer token of an earlier gateway (recovery.md): a password that crossed wires before, so it is worth one thing, once. Where it is shown comes
/// before whether it is right: nobody learns that from a wire that others read.
/// </summary>
internal static class LegacyChecks
{
    private const string Check = "legacy-token";

    public static AccessDecision? Enrol(AccessQuestion asked) => asked.Credentials.Legacy switch
    {
        LegacyVerdict.Absent => null,
        _ when !Place.IsPrivate(asked.Evidence, asked.Options) => NotPrivate(asked),
        _ when asked is not { Credentials.Kind: ProofKind.Native } || DeviceChecks.ProvenKey(asked) is null =>
            Refuse(RefusalCode.LegacyTokenNeedsKey, "a legacy token was shown without a device key that signs this gateway's own transcript"),
        _ when asked.Hello.Role != Role.Operator => Refuse(RefusalCode.RoleNotAllowed, "a legacy token enrols an operator's device"),
        _ when !ScopeSet.DeviceDefault.Covers(asked.Hello.Scopes) =>
            Refuse(RefusalCode.MissingScope, $"a legacy token enrols a device with {ScopeSet.DeviceDefault}, not with {asked.Hello.Scopes}; it was not spent"),
        LegacyVerdict.Valid when asked.Credentials.LegacyDevice is { } legacy => new EnrolLegacy(DeviceChecks.ProvenKey(asked)!, legacy),
        LegacyVerdict.Spent => Refuse(RefusalCode.LegacyTokenSpent, asked.Credentials.LegacySpent ?? "the token was used already or taken back"),
        LegacyVerdict.Limited => new Refused(RefusalCode.AuthRateLimited, Check,
            $"too many wrong ones came from {asked.Evidence.ClientAddress}; this legacy token was not looked at") { RetryAfter = asked.Credentials.RetryAfter },
        LegacyVerdict.Valid or LegacyVerdict.Wrong or LegacyVerdict.Unexamined => Refuse(RefusalCode.LegacyTokenInvalid, "no imported device has this token"),
        var other => throw new ArgumentOutOfRangeException(nameof(asked), other, "no such verdict"),
    };

    private static Refused NotPrivate(AccessQuestion asked) => Refuse(RefusalCode.LegacyTokenNotPrivate, asked.Evidence switch
    {
        { Listener: ListenerKind.Shared } => "a legacy token came through the socket of other users",
        { Forwarded: true } => "a legacy token came through a hop that does not say, or is not trusted to say, that all of the way was TLS",
        _ => $"a legacy token came from {asked.Evidence.ClientAddress} over a connection that is neither this machine's own nor TLS",
    });

    private static Refused Refuse(RefusalCode code, string seen) => new(code, Check, seen);
}
