using System.Security.Cryptography;
using System.Text;
using Netclaw.Protocol;

namespace Netclaw.Actors.Trust.Secrets;

/// <summary>
/// What the gateway keeps of a secret while it compares: a hash under a key that lives as long as the process. Comparing takes the same time whatever
/// was offered and however long it is.
/// </summary>
public sealed class SecretDigest
{
    private static readonly byte[] Key = RandomNumberGenerator.GetBytes(HMACSHA256.HashSizeInBytes);

    private readonly byte[] _hash;

    private SecretDigest(byte[] hash) => _hash = hash;

    public static SecretDigest Of(Secret secret) => new(Hash(secret));

    public bool Matches(Secret offered) => CryptographicOperations.FixedTimeEquals(_hash, Hash(offered));

    public bool IsSameAs(SecretDigest other) => CryptographicOperations.FixedTimeEquals(_hash, other._hash);

    public override string ToString() => "***";

    private static byte[] Hash(Secret secret)
    {
        var bytes = Encoding.UTF8.GetBytes(secret.Reveal());
        var hash = HMACSHA256.HashData(Key, bytes);
        CryptographicOperations.ZeroMemory(bytes);
        return hash;
    }
}
