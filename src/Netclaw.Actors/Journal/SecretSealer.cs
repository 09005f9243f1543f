using System.Security.Cryptography;
using System.Text;
using Netclaw.Actors.Devices;

namespace Netclaw.Actors.Journal;

/// <summary>
/// Seals secrets before they enter the journal: AES-256-GCM, stored as nonce (12) ‖ ciphertext ‖ tag (16). What a secret is for is
/// sealed with it, so that one record's secret opens in no other place. Thread-safe.
/// </summary>
public sealed class SecretSealer
{
    private const int NonceBytes = 12;
    private const int TagBytes = 16;
    private const int DerivedBytes = 32;

    private readonly byte[] _key;

    internal SecretSealer(byte[] key) => _key = key;

    /// <param name="purpose">What it is and whose, for example the code's id. Not secret; the same text opens it.</param>
    public SealedSecret Seal(ReadOnlySpan<byte> secret, string purpose)
    {
        var sealedBytes = new byte[NonceBytes + secret.Length + TagBytes];
        var nonce = sealedBytes.AsSpan(0, NonceBytes);
        RandomNumberGenerator.Fill(nonce);
        using var aes = new AesGcm(_key, TagBytes);
        aes.Encrypt(nonce, secret, sealedBytes.AsSpan(NonceBytes, secret.Length), sealedBytes.AsSpan(NonceBytes + secret.Length), Encoding.UTF8.GetBytes(purpose));
        return new SealedSecret(sealedBytes);
    }

    /// <summary>False when it was sealed with another key, for another purpose, or was changed.</summary>
    public bool TryOpen(SealedSecret secret, string purpose, out byte[] opened)
    {
        opened = [];
        var bytes = secret.Bytes.Span;
        if (bytes.Length < NonceBytes + TagBytes)
        {
            return false;
        }

        var plain = new byte[bytes.Length - NonceBytes - TagBytes];
        using var aes = new AesGcm(_key, TagBytes);
        try
        {
            aes.Decrypt(bytes[..NonceBytes], bytes[NonceBytes..^TagBytes], bytes[^TagBytes..], plain, Encoding.UTF8.GetBytes(purpose));
        }
        catch (AuthenticationTagMismatchException)
        {
            return false;
        }

        opened = plain;
        return true;
    }

    /// <summary>32 bytes that nobody without this key can work out, the same for the same purpose.</summary>
    public byte[] Derive(string purpose) => HKDF.Expand(HashAlgorithmName.SHA256, _key, DerivedBytes, Encoding.UTF8.GetBytes($"netclaw-derive|{purpose}"));

    public override string ToString() => "***";
}
