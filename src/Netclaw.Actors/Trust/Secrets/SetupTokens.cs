using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Netclaw.Actors.Devices;
using Netclaw.Actors.Pairing;
using Netclaw.Protocol;

namespace Netclaw.Actors.Trust.Secrets;

/// <summary>Tokens of setup codes: 256 random bits, of which the gateway keeps a salted hash.</summary>
public static class SetupTokens
{
    private const int Bytes = 32;
    private const int SaltBytes = 16;

    /// <summary>The token is shown once and kept by nobody here.</summary>
    public static (Secret Token, SaltedHash Kept) New()
    {
        var token = new Secret(Base64UrlText.Encode(RandomNumberGenerator.GetBytes(Bytes)));
        var salt = RandomNumberGenerator.GetBytes(SaltBytes);
        var hash = Convert.ToHexStringLower(SHA256.HashData([.. Encoding.UTF8.GetBytes(token.Reveal()), .. salt]));
        return SaltedHash.TryCreate(hash, Convert.ToHexStringLower(salt), out var kept, out var problem)
            ? (token, kept)
            : throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"a hash of {hash.Length} digits: {problem}"));
    }

    /// <returns>The setup code whose token it is, live or not; null when it is nobody's.</returns>
    public static IssuedSetup? Find(RegistrySnapshot registry, Secret offered)
    {
        IssuedSetup? found = null;
        foreach (var setup in registry.Setups.Values)
        {
            // All are compared, and each in constant time: nothing tells which one was nearly right.
            if (setup.Token.Matches(offered))
            {
                found = setup;
            }
        }

        return found;
    }
}
