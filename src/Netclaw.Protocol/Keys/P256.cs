using System.Security.Cryptography;

namespace Netclaw.Protocol;

/// <summary>Verification with P-256. Signatures are IEEE P1363 (r ‖ s, 64 bytes) over SHA-256.</summary>
public static class P256
{
    public const int SignatureBytes = 64;

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

    /// <summary>False for any malformed key or signature; never throws.</summary>
    public static bool Verify(PublicKey key, ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature)
    {
        if (signature.Length != SignatureBytes || !TryImport(key, out var verifier))
        {
            return false;
        }

        using (verifier)
        {
            return verifier.VerifyData(data, signature, HashAlgorithmName.SHA256);
        }
    }
}
