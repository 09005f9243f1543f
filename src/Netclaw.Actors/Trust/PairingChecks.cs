using Netclaw.Protocol;
using static Netclaw.Actors.Trust.AccessDecision;

namespace Netclaw.Actors.Trust;

/// <summary>What becomes of a proven key that the registry does not know (trust.md section 6).</summary>
internal static class PairingChecks
{
    /// <summary>
    /// A local device that is local beyond doubt is paired without a prompt. One that asked for a flow gets its flow: whoever wants to compare
    /// symbols is not waved through.
    /// </summary>
    public static AccessDecision? SilentPairing(AccessQuestion asked)
    {
        if (UnknownKey(asked) is not { } key || asked.Hello.Pairing is { Flow: not PairingFlow.Announced } || !asked.Options.AutoApproveLocal || asked.Registry.LocalPairingSuspended)
        {
            return null;
        }

        return asked.Hello.Role switch
        {
            Role.Operator when IsLocalBeyondDoubt(asked) =>
                new PairSilently(key, Role.Operator, asked.Hello.Wanted(asked.Options.LocalPairingScopes), SilentVia.Local),
            Role.Node when asked.IsInternal() && NodeChecks.IsAuthenticated(asked) => new PairSilently(key, Role.Node, ScopeSet.Empty, SilentVia.Internal),
            _ => null,
        };
    }

    /// <summary>Its own transcript names this gateway, so its wish to pair needs no other credential: a code or an operator decides.</summary>
    public static AccessDecision? Offer(AccessQuestion asked) =>
        asked is { Credentials.Kind: ProofKind.Native, Hello.Pairing: { } intent } && UnknownKey(asked) is { } key
            ? new MustPair(key, asked.Hello.Role, asked.Hello.Scopes, intent)
            : null;

    /// <summary>Whoever proved a key and offered to pair may ask; everybody else hears why not.</summary>
    public static AccessDecision PairOr(AccessQuestion asked, PublicKey key, Refused otherwise) => asked.Hello.Pairing is { } intent
        ? new MustPair(key, asked.Hello.Role, asked.Hello.Scopes, intent) { Known = asked.Registry.Devices.GetValueOrDefault(key.DeviceId) is { IsRevoked: false } known ? known : null }
        : otherwise;

    private static PublicKey? UnknownKey(AccessQuestion asked) =>
        DeviceChecks.ProvenKey(asked) is { } key && !asked.Registry.Devices.ContainsKey(key.DeviceId) ? key : null;

    /// <summary>A shared secret, or the kernel's word that it is the daemon's own user; never auth mode none alone.</summary>
    private static bool IsLocalBeyondDoubt(AccessQuestion asked) => asked.IsDirectLocal() && !asked.IsFromBrowser()
        && (SecretChecks.IsShown(asked) || (asked.Credentials.Kind == ProofKind.Native && asked.Evidence.RemoteUserId == asked.Options.OwnerUserId));
}
