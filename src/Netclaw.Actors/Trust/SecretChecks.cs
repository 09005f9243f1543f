using Netclaw.Protocol;
using Netclaw.Protocol.Frames;
using static Netclaw.Actors.Trust.AccessDecision;

namespace Netclaw.Actors.Trust;

/// <summary>Auth modes <c>none</c>, <c>token</c> and <c>password</c> (trust.md section 5).</summary>
internal static class SecretChecks
{
    private const string Check = "shared-secret";

    /// <summary>Mode <c>none</c> serves direct loopback alone.</summary>
    public static AccessDecision? Nothing(AccessQuestion asked) =>
        asked.Options.Auth != AuthMode.None || asked.IsDirectLocal() ? null
        : Unpaired(asked) ?? new Refused(RefusalCode.Unauthorized, "auth-none", "without authentication only direct loopback of exposure local is served");

    public static AccessDecision? SharedSecret(AccessQuestion asked)
    {
        if (asked.Options.Auth is not (AuthMode.Token or AuthMode.Password))
        {
            return null;
        }

        var name = asked.Options.Auth.Name();
        return Verdict(asked) switch
        {
            SecretVerdict.Valid => null,
            SecretVerdict.Wrong => new Refused(RefusalCode.Unauthorized, Check, $"the {name} is wrong") { Why = Mismatch(asked) },
            SecretVerdict.Limited => Limited(asked, name),
            SecretVerdict.Unavailable => new Refused(RefusalCode.AuthSecretUnavailable, Check, $"the gateway cannot read its {name} at this moment"),
            SecretVerdict.Absent => Unpaired(asked) ?? (asked.Credentials.DeviceToken == SecretVerdict.Absent
                ? new Refused(RefusalCode.Unauthorized, Check, $"no {name} was shown") { Why = new AuthDetails(IsToken(asked) ? AuthReason.TokenMissing : AuthReason.PasswordMissing) }
                : NoDeviceToken(asked)),
            var other => throw new ArgumentOutOfRangeException(nameof(asked), other, "no such verdict"),
        };
    }

    /// <summary>Whether the secret of the mode in force was shown and right.</summary>
    public static bool IsShown(AccessQuestion asked) => Verdict(asked) == SecretVerdict.Valid;

    /// <summary>A device token was needed, and what was shown does not serve.</summary>
    public static Refused NoDeviceToken(AccessQuestion asked) => asked.Credentials.DeviceToken switch
    {
        SecretVerdict.Absent => Token("a signature that names no gateway needs the device's own token or the shared secret beside it"),
        SecretVerdict.Limited => Limited(asked, "device token"),
        SecretVerdict.Unavailable => new Refused(RefusalCode.AuthSecretUnavailable, Check, "the gateway cannot check device tokens at this moment"),
        SecretVerdict.Valid or SecretVerdict.Wrong => Token("the device token is not the device's, or was rotated or revoked"),
        _ => throw new ArgumentOutOfRangeException(nameof(asked), asked.Credentials.DeviceToken, "no such verdict"),
    };

    /// <summary>A client that shows its key and only guessed at the token may try its device's own token instead.</summary>
    private static AuthDetails Mismatch(AccessQuestion asked) => IsToken(asked)
        ? new AuthDetails(AuthReason.TokenMismatch, asked.Credentials is { Proof: ProofVerdict.Valid, DeviceToken: SecretVerdict.Absent })
        : new AuthDetails(AuthReason.PasswordMismatch);

    private static bool IsToken(AccessQuestion asked) => asked.Options.Auth == AuthMode.Token;

    private static Refused Token(string seen) => new(RefusalCode.DeviceTokenInvalid, "device-token", seen);

    private static SecretVerdict Verdict(AccessQuestion asked) => asked.Options.Auth switch
    {
        AuthMode.Token => asked.Credentials.Token,
        AuthMode.Password => asked.Credentials.Password,
        AuthMode.TrustedProxy or AuthMode.None => SecretVerdict.Absent,
        _ => throw new ArgumentOutOfRangeException(nameof(asked), asked.Options.Auth, "no such auth mode"),
    };

    /// <summary>Whoever proved a key and showed nothing else hears about the key: pairing is the way out, not a secret.</summary>
    private static Refused? Unpaired(AccessQuestion asked) => asked.Credentials is { Kind: ProofKind.Native } && DeviceChecks.ProvenKey(asked) is { } key
        ? IdentityChecks.NotPaired(key)
        : null;

    private static Refused Limited(AccessQuestion asked, string name) =>
        new(RefusalCode.AuthRateLimited, Check, $"too many wrong ones came from {asked.Evidence.ClientAddress}; this {name} was not looked at") { RetryAfter = asked.Credentials.RetryAfter };
}
