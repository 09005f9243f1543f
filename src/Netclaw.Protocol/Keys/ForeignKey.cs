using System.Security.Cryptography;

namespace Netclaw.Protocol;

/// <summary>
/// A device's public key as gateways write it: Netclaw's own text, or a raw Ed25519 key (32 bytes) in base64url or base64, or its SubjectPublicKeyInfo
/// (RFC 8410) as base64 or PEM.
/// </summary>
public static class ForeignKey
{
    private const string PemLabel = "PUBLIC KEY";

    private static ReadOnlySpan<byte> Ed25519Info => [0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00];

    /// <summary>False for anything else; never throws.</summary>
    public static bool TryParse(string text, out PublicKey key) =>
        PublicKey.TryParse(text, out key) || (Bytes(text) is { } bytes && PublicKey.TryCreate(KeyAlgorithm.Ed25519, Raw(bytes), out key));

    private static ReadOnlySpan<byte> Raw(byte[] bytes) => bytes.AsSpan().StartsWith(Ed25519Info) ? bytes.AsSpan(Ed25519Info.Length) : bytes;

    private static byte[]? Bytes(string text)
    {
        if (PemEncoding.TryFind(text, out var pem))
        {
            return text[pem.Label] == PemLabel ? Convert.FromBase64String(text[pem.Base64Data]) : null;
        }

        var standard = text.Trim().Replace('-', '+').Replace('_', '/').TrimEnd('=');
        var bytes = new byte[standard.Length];
        return Convert.TryFromBase64String(standard.PadRight((standard.Length + 3) / 4 * 4, '='), bytes, out var length) ? bytes[..length] : null;
    }
}
