using System.Security.Cryptography;
using System.Text;

namespace Netclaw.Protocol;

/// <summary>Both proofs of a challenge, in the order that keeps a device's signature from being relayed: the gateway's is checked before the device's is made.</summary>
internal static class ChallengeProof
{
    private const int ShownSymbols = 16;

    /// <summary>The gateway holds the key it shows, for exactly these nonces, and it is the pinned one if there is a pin.</summary>
    /// <exception cref="GatewayException">gateway_proof_invalid or gateway_key_changed.</exception>
    public static void Verify(GatewayEndpoint endpoint, ConnectChallenge challenge, string clientNonce, string? pinnedKeyHash)
    {
        var key = challenge.GatewayKey;
        if (!Nonce.IsWellFormed(challenge.Nonce)
            || !Base64UrlText.TryDecode(challenge.Signature, P256.SignatureBytes, out var signature)
            || !P256.Verify(key, NativeTranscript.Gateway(key, challenge.Nonce, clientNonce), signature))
        {
            throw GatewayException.Of(RefusalCode.GatewayProofInvalid,
                $"Tried {endpoint.Shown}: it shows the key of {key.GatewayId} and did not prove that it holds it. Nothing was sent to it.");
        }

        if (pinnedKeyHash is { } pin && !CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(pin), Encoding.ASCII.GetBytes(key.HashText)))
        {
            throw GatewayException.Of(RefusalCode.GatewayKeyChanged,
                $"Tried {endpoint.Shown}: the pinned key begins with {Short(pin)}, this gateway ({key.GatewayId}) has {Short(key.HashText)}. Nothing was sent to it.");
        }
    }

    /// <summary>The device's answer to a verified challenge.</summary>
    public static DeviceProof Answer(ConnectChallenge challenge, string clientNonce, SigningKey device, Role role, ScopeSet scopes, DateTimeOffset now)
    {
        var signedAt = now.ToUnixTimeMilliseconds();
        var id = device.Public.DeviceId;
        var transcript = NativeTranscript.Device(challenge.GatewayKey, id, role, scopes, challenge.Nonce, clientNonce, signedAt);
        return new DeviceProof
        {
            Id = id, PublicKey = device.Public, SignedAt = signedAt, Nonce = challenge.Nonce, Signature = Base64UrlText.Encode(device.Sign(transcript)),
        };
    }

    private static string Short(string hash) => hash.Length > ShownSymbols ? hash[..ShownSymbols] : hash;
}
