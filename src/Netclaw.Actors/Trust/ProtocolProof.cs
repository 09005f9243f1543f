using Netclaw.Protocol;
using Netclaw.Protocol.Frames;

namespace Netclaw.Actors.Trust;

/// <summary>
/// Whether a protocol device's signature holds (gateway-protocol.md 2.3): over version 3 of its payload, or version 2. Pure. The first failure is the verdict, in the order that
/// clients know.
/// </summary>
public static class ProtocolProof
{
    public static ProofVerdict Verify(ConnectParams hello, DeviceClaim claim, ConnectChallenge challenge, DateTimeOffset now) => hello.Device switch
    {
        null => ProofVerdict.Absent,
        var device when device.Id != device.PublicKey.DeviceId => ProofVerdict.IdMismatch,
        var device when (now - DateTimeOffset.FromUnixTimeMilliseconds(Bounded(device.SignedAt))).Duration() > DeviceClaim.Skew => ProofVerdict.Expired,
        { Nonce.Length: 0 } => ProofVerdict.NonceMissing,
        var device when !string.Equals(device.Nonce, challenge.Nonce, StringComparison.Ordinal) => ProofVerdict.NonceMismatch,
        var device when Holds(device, claim) => ProofVerdict.Valid,
        var device => Ed25519.IsUsable(device.PublicKey) ? ProofVerdict.SignatureInvalid : ProofVerdict.KeyInvalid,
    };

    private static bool Holds(DeviceProof device, DeviceClaim claim) => Base64UrlText.TryDecode(device.Signature, Ed25519.SignatureBytes, out var signature)
        && (Ed25519.Verify(device.PublicKey, claim.Version3(device), signature) || Ed25519.Verify(device.PublicKey, claim.Version2(device), signature));

    /// <summary>Any number is a time to a client; what is no date is far from now.</summary>
    private static long Bounded(long milliseconds) => Math.Clamp(milliseconds, DateTimeOffset.MinValue.ToUnixTimeMilliseconds(), DateTimeOffset.MaxValue.ToUnixTimeMilliseconds());
}
