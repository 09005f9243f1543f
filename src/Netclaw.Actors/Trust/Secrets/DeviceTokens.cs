using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Netclaw.Actors.Devices;
using Netclaw.Actors.Journal;
using Netclaw.Actors.Pairing;
using Netclaw.Protocol;

namespace Netclaw.Actors.Trust.Secrets;

/// <summary>Bearer tokens of devices (trust.md section 6): kept as hashes with their device, worth something only beside a proof of that device's key.</summary>
public static class DeviceTokens
{
    /// <summary>What the registry keeps: base64url of the SHA-256 of the token's text.</summary>
    public static string HashOf(Secret token) => Base64UrlText.Encode(SHA256.HashData(Encoding.UTF8.GetBytes(token.Reveal())));

    /// <summary>
    /// A new token, worked out from the gateway's own key and a salt that is kept beside its hash: so a device that comes in another way can be told its token again, although nobody
    /// keeps it.
    /// </summary>
    public static (Secret Token, string Salt) New(SecretSealer sealer, DeviceId device, Role role)
    {
        var salt = Nonce.New();
        return (Derive(sealer, device, role, salt), salt);
    }

    /// <summary>The standing token of a device for a role; null where there is none, and where it was made elsewhere and is known by its hash alone.</summary>
    public static IssuedToken? Known(SecretSealer sealer, Device device, Role role)
    {
        if (device.Tokens.FirstOrDefault(token => token.Role == role) is not { Salt: { } salt } standing)
        {
            return null;
        }

        var derived = Derive(sealer, device.Id, role, salt);
        return HashOf(derived) == standing.Sha256 ? new IssuedToken(derived, standing.IssuedAt.ToUnixTimeMilliseconds()) : null;
    }

    /// <summary>Standing tokens of the other roles of the setup code that a device has come in by, none of them worth more than the code.</summary>
    public static ImmutableArray<HandedToken> Handed(SecretSealer sealer, Device device, Role role, IssuedSetup setup) => setup.SpentBy != device.Id ? [] :
    [
        .. from token in device.Tokens
           where token.Role != role && setup.Roles.Contains(token.Role) && setup.Scopes.Covers(token.Scopes)
           let known = Known(sealer, device, token.Role)
           where known is not null
           select new HandedToken(known.Token, token.Role, token.Scopes.Expanded, known.IssuedAtMs),
    ];

    private static Secret Derive(SecretSealer sealer, DeviceId device, Role role, string salt) =>
        new(Base64UrlText.Encode(sealer.Derive($"device-token|{device}|{NativeTranscript.RoleText(role)}|{salt}")));

    /// <returns>Null when it is none of this device's tokens for <paramref name="role"/>.</returns>
    public static DeviceTokenGrant? Find(Device device, Role role, Secret offered)
    {
        var hash = Encoding.ASCII.GetBytes(HashOf(offered));
        DeviceTokenGrant? found = null;
        foreach (var token in device.Tokens)
        {
            // All are compared, and each in constant time: nothing tells which one was nearly right.
            if (CryptographicOperations.FixedTimeEquals(hash, Encoding.ASCII.GetBytes(token.Sha256)) && token.Role == role)
            {
                found = new DeviceTokenGrant(device.Id, token.Role, token.Scopes) { Sha256 = token.Sha256 };
            }
        }

        return found;
    }

    /// <summary>
    /// What was checked on an older snapshot, held to a newer one: a token that was rotated or revoked in between is wrong, and one whose scopes
    /// were narrowed is narrower.
    /// </summary>
    public static Credentials StillStanding(Credentials checkedOnce, RegistrySnapshot registry)
    {
        if (checkedOnce.DeviceGrant is not { Sha256: { } hash } grant)
        {
            return checkedOnce;
        }

        var token = registry.Devices.GetValueOrDefault(grant.Device)?.Tokens.FirstOrDefault(token => token.Role == grant.Role && token.Sha256 == hash);
        return token is null
            ? checkedOnce with { DeviceToken = SecretVerdict.Wrong, DeviceGrant = null }
            : checkedOnce with { DeviceGrant = grant with { Scopes = token.Scopes } };
    }
}
