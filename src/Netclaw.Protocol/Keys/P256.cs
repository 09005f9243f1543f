using System.Security.Cryptography;

namespace Netclaw.Protocol;

/// <summary>Verification with P-256. Signatures are IEEE P1363 (r ‖ s, 64 bytes) over SHA-256.</summary>
public static class P256
{
    public const int SignatureBytes = 64;

    /// <summary>Up to 512 keys of about 6 KiB: the devices that come and go, not every idle one.</summary>
    private static readonly VerifierCache Verifiers = new(generationSize: 256);

    /// <summary>Imports the point; false when it is not on the curve.</summary>
    public static bool TryImport(PublicKey key, out ECDsa verifier)
    {
        verifier = null!;
        if (key.Algorithm != KeyAlgorithm.P256)
        {
            return false;
        }

        try
        {
            verifier = ECDsa.Create(new ECParameters
            {
                Curve = ECCurve.NamedCurves.nistP256,
                Q = new ECPoint { X = key.Raw[1..33].ToArray(), Y = key.Raw[33..].ToArray() },
            });
            return true;
        }
        catch (CryptographicException)
        {
            return false;
        }
    }

    /// <summary>False for any malformed key or signature; never throws. From any thread.</summary>
    public static bool Verify(PublicKey key, ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature)
    {
        if (signature.Length != SignatureBytes)
        {
            return false;
        }

        if (Verifiers.Find(key) is { } known)
        {
            return Verify(known, data, signature);
        }

        if (!TryImport(key, out var verifier))
        {
            return false;
        }

        // Only a key that was proven is kept: a stranger cannot fill the cache with keys it does not hold.
        var valid = Verify(verifier, data, signature);
        if (valid)
        {
            Verifiers.Remember(key, verifier);
        }
        else
        {
            verifier.Dispose();
        }

        return valid;
    }

    private static bool Verify(ECDsa verifier, ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(data, hash);
        lock (verifier)
        {
            return verifier.VerifyHash(hash, signature);
        }
    }
}
