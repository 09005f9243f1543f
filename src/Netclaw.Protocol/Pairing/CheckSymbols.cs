using System.Security.Cryptography;
using System.Text;

namespace Netclaw.Protocol;

/// <summary>
/// The eight symbols (40 bits) that the device and the operator both see. The device commits to its nonce before it learns the
/// gateway's, so that somebody in between gets one guess and no search (trust.md section 7).
/// </summary>
public static class CheckSymbols
{
    public const int Count = 8;

    /// <summary>Base64url of the commitment to the device's symbol nonce, sent in <c>connect</c>.</summary>
    public static string Commit(string symbolNonce) => Base64UrlText.Encode(CommitmentOf(symbolNonce));

    /// <summary>Whether the revealed nonce is the one that was committed to, and a nonce at all.</summary>
    public static bool CommitmentHolds(string? commitment, string? symbolNonce) =>
        Nonce.IsWellFormed(symbolNonce)
        && Base64UrlText.TryDecode(commitment, SHA256.HashSizeInBytes, out var committed)
        && CryptographicOperations.FixedTimeEquals(committed, CommitmentOf(symbolNonce!));

    /// <summary>As shown: <c>XXXX-XXXX</c>.</summary>
    /// <exception cref="ArgumentException">A nonce is not base64url: the input of the hash would be ambiguous.</exception>
    public static string Compute(PublicKey gateway, PublicKey device, string gatewayNonce, string deviceNonce)
    {
        if (!Nonce.IsWellFormed(gatewayNonce) || !Nonce.IsWellFormed(deviceNonce))
        {
            throw new ArgumentException("a symbol nonce is not base64url of 16 to 64 bytes");
        }

        var hash = SHA256.HashData(Encoding.UTF8.GetBytes($"netclaw-sas-v1|{gateway}|{device}|{gatewayNonce}|{deviceNonce}"));
        return SpokenSymbols.Show(IdText.Encode("", hash, Count));
    }

    /// <summary>Compares as forgivingly as codes are typed, in constant time; false when either is no symbols at all.</summary>
    public static bool Same(string? a, string? b) =>
        SpokenSymbols.TryRead(a, Count, out var left) & SpokenSymbols.TryRead(b, Count, out var right)
        && CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(left), Encoding.ASCII.GetBytes(right));

    private static byte[] CommitmentOf(string symbolNonce) =>
        SHA256.HashData(Encoding.UTF8.GetBytes("netclaw-sas-commit-v1|" + symbolNonce));
}
