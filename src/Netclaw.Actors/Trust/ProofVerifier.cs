using Netclaw.Protocol;

namespace Netclaw.Actors.Trust;

/// <summary>
/// Whether a device's signature holds, for exactly this connection, role and scopes (trust.md section 6). Pure: time comes in.
/// The first failure is the verdict; the order is part of the contract, because each verdict has its own code.
/// </summary>
public static class ProofVerifier
{
    public static ProofVerdict Verify(ConnectParams hello, ConnectChallenge challenge, DateTimeOffset now, TrustOptions options)
    {
        if (hello.Device is not { } device)
        {
            return ProofVerdict.Absent;
        }

        if (device.Id != device.PublicKey.DeviceId)
        {
            return ProofVerdict.IdMismatch;
        }

        // A good proof needs no second look at its key; whatever else is wrong, a key that is none is named first.
        var verdict = Verify(hello, device, challenge, now, options);
        return verdict == ProofVerdict.Valid || IsKey(device.PublicKey) ? verdict : ProofVerdict.KeyInvalid;
    }

    private static ProofVerdict Verify(ConnectParams hello, DeviceProof device, ConnectChallenge challenge, DateTimeOffset now, TrustOptions options)
    {
        // Without a nonce of its own the client saw no proof of the gateway: whatever it signed, it was not this exchange.
        if (challenge.ClientNonce is not { } clientNonce || !string.Equals(device.Nonce, challenge.Nonce, StringComparison.Ordinal))
        {
            return ProofVerdict.NonceMismatch;
        }

        var nowMs = now.ToUnixTimeMilliseconds();
        if (device.SignedAt < nowMs - (long)options.ProofPast.TotalMilliseconds
            || device.SignedAt > nowMs + (long)options.ProofFuture.TotalMilliseconds)
        {
            return ProofVerdict.Expired;
        }

        var signed = NativeTranscript.Device(
            challenge.GatewayKey, device.Id, hello.Role, hello.Scopes, challenge.Nonce, clientNonce, device.SignedAt);
        return Base64UrlText.TryDecode(device.Signature, P256.SignatureBytes, out var signature)
            && P256.Verify(device.PublicKey, signed, signature)
            ? ProofVerdict.Valid
            : ProofVerdict.SignatureInvalid;
    }

    /// <summary>Native proofs are P-256; a key of another kind signs other transports' transcripts.</summary>
    private static bool IsKey(PublicKey key)
    {
        var imported = P256.TryImport(key, out var verifier);
        verifier?.Dispose();
        return imported;
    }
}
