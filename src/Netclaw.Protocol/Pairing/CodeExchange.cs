using System.Security.Cryptography;
using System.Text;

namespace Netclaw.Protocol;

/// <summary>
/// The confirmation of a code by HMAC-SHA256 over the exchange's transcript, the device first. Proofs travel as base64url. Keys are
/// <see cref="CodeStretch.Stretch"/>'s. Verification takes the same time wherever a proof differs.
/// </summary>
public static class CodeExchange
{
    private const char Separator = '|';

    /// <summary>The text that both proofs cover.</summary>
    /// <exception cref="ArgumentException">A nonce is not base64url: the transcript would be ambiguous.</exception>
    public static string Transcript(CodeTranscript fields) => string.Join(Separator,
        "netclaw-pair-v1", fields.GatewayKey.GatewayId, fields.GatewayKey, fields.DeviceKey, fields.CodeId,
        NativeTranscript.RoleText(fields.Role), fields.Scopes,
        Checked(fields.ServerNonce), Checked(fields.ClientNonce), Checked(fields.ExchangeNonce));

    public static string DeviceProof(ReadOnlySpan<byte> key, string transcript) => Base64UrlText.Encode(DeviceMac(key, transcript));

    public static bool VerifyDeviceProof(ReadOnlySpan<byte> key, string transcript, string? proof) =>
        IsSame(DeviceMac(key, transcript), proof);

    /// <summary>Given only after the device's proof was verified: nobody without the code learns anything to guess against.</summary>
    public static string GatewayProof(ReadOnlySpan<byte> key, string transcript, ScopeSet granted) =>
        Base64UrlText.Encode(GatewayMac(key, transcript, granted));

    public static bool VerifyGatewayProof(ReadOnlySpan<byte> key, string transcript, ScopeSet granted, string? proof) =>
        IsSame(GatewayMac(key, transcript, granted), proof);

    private static byte[] DeviceMac(ReadOnlySpan<byte> key, string transcript) =>
        HMACSHA256.HashData(key, Encoding.UTF8.GetBytes("device|" + transcript));

    private static byte[] GatewayMac(ReadOnlySpan<byte> key, string transcript, ScopeSet granted) =>
        HMACSHA256.HashData(key, Encoding.UTF8.GetBytes($"gateway|{transcript}|{granted}"));

    private static bool IsSame(byte[] expected, string? proof) =>
        Base64UrlText.TryDecode(proof, expected.Length, out var shown) && CryptographicOperations.FixedTimeEquals(expected, shown);

    private static string Checked(string nonce) =>
        Nonce.IsWellFormed(nonce) ? nonce : throw new ArgumentException("a nonce of the transcript is not base64url of 16 to 64 bytes");
}
