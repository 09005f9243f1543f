using System.Security.Cryptography;
using System.Text;
using Netclaw.Protocol;

namespace Netclaw.Actors.Importing;

/// <summary>Tokens of an earlier gateway and what it kept of them.</summary>
internal static class LegacySamples
{
    public static Secret Token(int number) => new($"legacy-token-number-{number:0000}-0123456789");

    public static SaltedHash Hash(Secret token, string? salt = null)
    {
        var bytes = salt is null ? SHA256.HashData(Encoding.UTF8.GetBytes("salt of " + token.Reveal()))[..16] : Convert.FromHexString(salt);
        var sha256 = SHA256.HashData([.. Encoding.UTF8.GetBytes(token.Reveal()), .. bytes]);
        return SaltedHash.TryCreate(Convert.ToHexString(sha256), salt ?? Convert.ToBase64String(bytes), out var hash, out var problem) ? hash : throw new ArgumentException(problem);
    }

    public static LegacyDeviceId LegacyId(int number) => LegacyDeviceId.Of(Hash(Token(number)));

    public static ImportEntry Legacy(int number, string name = "phone") => new() { From = $"devices.json[{number}]", Legacy = new LegacyEntry(name, Hash(Token(number))) };

    public static ImportEntry Keyed(PublicKey key, string name = "tablet", ScopeSet? scopes = null, params Role[] roles) => new()
    {
        From = $"paired.json[{key.DeviceId.Hex[..8]}]", Keyed = new KeyedEntry(name, key, roles.Length == 0 ? [Role.Operator] : [.. roles], scopes ?? ScopeSet.ReadWrite),
    };
}
