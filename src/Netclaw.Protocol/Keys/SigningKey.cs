using System.Security.Cryptography;

namespace Netclaw.Protocol;

/// <summary>
/// A private P-256 key: a device's, the host's or the gateway's. Not a record and never printed: <see cref="ToString"/>
/// shows the public half. At rest it is PKCS#8 PEM in a file only its owner can read.
/// </summary>
public sealed class SigningKey : IDisposable
{
    private const string P256ObjectId = "1.2.840.10045.3.1.7";

    private readonly ECDsa _key;

    private SigningKey(ECDsa key)
    {
        _key = key;
        Public = PublicHalf(key);
    }

    public PublicKey Public { get; }

    public static SigningKey Generate() => new(ECDsa.Create(ECCurve.NamedCurves.nistP256));

    /// <exception cref="CryptographicException">The text is not a P-256 private key in PKCS#8 PEM.</exception>
    public static SigningKey FromPem(string pem)
    {
        var key = ECDsa.Create();
        try
        {
            key.ImportFromPem(pem);
            return new SigningKey(key);
        }
        catch (Exception e) when (e is ArgumentException or CryptographicException)
        {
            key.Dispose();
            throw new CryptographicException("not a P-256 private key in PKCS#8 PEM");
        }
    }

    /// <summary>The secret itself, for the key file and nothing else.</summary>
    public string ExportPem() => _key.ExportPkcs8PrivateKeyPem() + "\n";

    /// <summary>64 bytes, IEEE P1363.</summary>
    public byte[] Sign(ReadOnlySpan<byte> data)
    {
        lock (_key)
        {
            return _key.SignData(data, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
        }
    }

    public void Dispose() => _key.Dispose();

    /// <summary>The private half must be there and the curve be named: other curves have points of the same length.</summary>
    private static PublicKey PublicHalf(ECDsa key)
    {
        var parameters = key.ExportParameters(includePrivateParameters: true);
        CryptographicOperations.ZeroMemory(parameters.D);
        Span<byte> raw = [0x04, .. parameters.Q.X!, .. parameters.Q.Y!];
        return parameters.Curve.Oid?.Value == P256ObjectId && PublicKey.TryCreate(KeyAlgorithm.P256, raw, out var publicKey)
            ? publicKey
            : throw new CryptographicException("the key is not on P-256");
    }

    public override string ToString() => $"*** ({Public})";
}
