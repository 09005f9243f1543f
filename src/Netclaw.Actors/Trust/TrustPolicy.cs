using Netclaw.Actors.Devices;
using Netclaw.Protocol;
using static Netclaw.Actors.Trust.AccessDecision;

namespace Netclaw.Actors.Trust;

/// <summary>
/// The one decision: what a connection gets for what it proves (trust.md). Pure and total; every combination of evidence has exactly one
/// answer, and the checks run in the order of trust.md section 6. A check answers, or passes the question on with null.
/// </summary>
public static partial class TrustPolicy
{
    public static AccessDecision Decide(
        ConnectionEvidence evidence, Hello hello, ProofVerdict verdict, TrustOptions options, RegistrySnapshot registry) =>
        Decide(new AccessQuestion(evidence, hello, verdict, options, registry));

    public static AccessDecision Decide(AccessQuestion asked) => asked.Evidence.Listener switch
    {
        ListenerKind.Control =>
            Bridged(asked)                  // 1. Host and Origin: on the socket, any trace of a browser or proxy
            ?? ForeignPeer(asked)           // 2. who the kernel says it is
            ?? Descendant(asked)            //    and whether the daemon started it
            ?? BrokenProof(asked)           // 3. a device identity that is present must hold
            ?? LocalOperator(asked),        // 4. the owner

        ListenerKind.Tcp =>
            ForeignHost(asked)              // 1. Host and Origin
            ?? ForeignOrigin(asked)
            ?? BrokenProof(asked)           // 3. native proofs
            ?? ProvenDevice(asked)          //    device, pairing and scopes of whoever proved a key
            ?? Nobody(),                    // 5. a missing device identity

        _ => throw new ArgumentOutOfRangeException(nameof(asked), asked.Evidence.Listener, "no such listener"),
    };

    private static AccessDecision? BrokenProof(AccessQuestion asked) => asked.Verdict switch
    {
        ProofVerdict.Absent or ProofVerdict.Valid => null,
        ProofVerdict.KeyInvalid => Proof(RefusalCode.DeviceKeyInvalid, "the key is no point of P-256"),
        ProofVerdict.IdMismatch => Proof(RefusalCode.DeviceIdMismatch, "the device id is not the key's"),
        ProofVerdict.NonceMismatch => Proof(RefusalCode.DeviceNonceMismatch, "the signature answers another challenge"),
        ProofVerdict.Expired => Proof(RefusalCode.DeviceSignatureExpired, "the signature's time is too far from the gateway's clock"),
        ProofVerdict.SignatureInvalid => Proof(RefusalCode.DeviceSignatureInvalid, "the signature does not verify"),
        _ => throw new ArgumentOutOfRangeException(nameof(asked), asked.Verdict, "no such verdict"),
    };

    private static AccessDecision Nobody() =>
        new Refused(RefusalCode.DeviceIdentityRequired, "device-identity", "no device key was shown over TCP");

    private static Refused Proof(RefusalCode code, string seen) => new(code, "device-proof", seen);

    /// <summary>What was asked for, or all there is when an operator named nothing. A node that names nothing gets nothing: it needs no operator scope.</summary>
    private static ScopeSet Wanted(Hello hello, ScopeSet all) => hello is { Scopes.IsEmpty: true, Role: Role.Operator } ? all : hello.Scopes;
}
