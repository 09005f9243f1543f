using System.Security.Cryptography;

namespace Netclaw.Protocol;

/// <summary>A challenge: 128 random bits or more as base64url. Public by nature; good for one connection.</summary>
public static class Nonce
{
    public const int Bytes = 24;
    private const int MinimumBytes = 16;
    private const int MaximumBytes = 64;

    public static string New()
    {
        Span<byte> bytes = stackalloc byte[Bytes];
        RandomNumberGenerator.Fill(bytes);
        return Base64UrlText.Encode(bytes);
    }

    /// <summary>Shape only: base64url, 16 to 64 bytes.</summary>
    public static bool IsWellFormed(string? text)
    {
        Span<byte> bytes = stackalloc byte[MaximumBytes];
        return text is not null && Base64UrlText.TryDecode(text, bytes, out var length) && length >= MinimumBytes;
    }
}
