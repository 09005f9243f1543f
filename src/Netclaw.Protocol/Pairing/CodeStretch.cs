using System.Security.Cryptography;
using System.Text;

namespace Netclaw.Protocol;

/// <summary>
/// Stretches a code's 40 secret bits once, on both sides: PBKDF2-HMAC-SHA256 (RFC 8018), 600,000 iterations, salted with the code's
/// name and the gateway's id. Takes a few tenths of a second of one core: never on an actor's thread.
/// </summary>
public static class CodeStretch
{
    public const int Iterations = 600_000;
    public const int KeyBytes = 32;

    /// <summary>The exchange's key, 32 bytes: a secret, to be sealed or wiped by the caller.</summary>
    public static byte[] Stretch(PairingCode code, GatewayId gateway) => Rfc2898DeriveBytes.Pbkdf2(
        Encoding.ASCII.GetBytes(code.Secret.Reveal()),
        Encoding.UTF8.GetBytes($"netclaw-code-v1|{code.Id}|{gateway}"),
        Iterations, HashAlgorithmName.SHA256, KeyBytes);
}
