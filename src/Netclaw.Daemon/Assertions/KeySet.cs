using System.Collections.Immutable;
using System.Text;
using Microsoft.IdentityModel.Tokens;

namespace Netclaw.Daemon.Assertions;

/// <summary>The public keys that assertions may be signed with (RFC 7517): those of them that can serve.</summary>
internal sealed class KeySet(ImmutableArray<JsonWebKey> keys)
{
    private const int SmallestRsa = 2048;

    /// <summary>Null for bytes that are no key set or hold no usable key.</summary>
    public static KeySet? Read(ReadOnlySpan<byte> bytes)
    {
        try
        {
            var usable = new JsonWebKeySet(Encoding.UTF8.GetString(bytes)).Keys.Where(IsUsable).ToImmutableArray();
            return usable.IsEmpty ? null : new KeySet(usable);
        }
        catch (Exception e) when (e is ArgumentException or FormatException or InvalidOperationException)
        {
            return null;
        }
    }

    public bool Knows(string? keyId) => keyId is null || keys.Any(key => key.Kid == keyId);

    /// <summary>Those that may have made a signature of this algorithm under this id.</summary>
    public IEnumerable<JsonWebKey> For(string algorithm, string? keyId) => keys.Where(key =>
        (keyId is null || key.Kid == keyId) && (string.IsNullOrEmpty(key.Alg) || key.Alg == algorithm) && Fits(key, algorithm));

    private static bool Fits(JsonWebKey key, string algorithm) => algorithm switch
    {
        "ES256" => key is { Kty: JsonWebAlgorithmsKeyTypes.EllipticCurve, Crv: JsonWebKeyECTypes.P256 },
        "ES384" => key is { Kty: JsonWebAlgorithmsKeyTypes.EllipticCurve, Crv: JsonWebKeyECTypes.P384 },
        _ => key.Kty == JsonWebAlgorithmsKeyTypes.RSA,
    };

    private static bool IsUsable(JsonWebKey key)
    {
        try
        {
            return (string.IsNullOrEmpty(key.Use) || key.Use == JsonWebKeyUseNames.Sig) && key.Kty switch
            {
                JsonWebAlgorithmsKeyTypes.RSA => key.KeySize >= SmallestRsa,
                JsonWebAlgorithmsKeyTypes.EllipticCurve => key.Crv is JsonWebKeyECTypes.P256 or JsonWebKeyECTypes.P384,
                _ => false, // shared keys, too: whoever may read them could sign
            };
        }
        catch (Exception e) when (e is FormatException or ArgumentException)
        {
            return false;
        }
    }
}
