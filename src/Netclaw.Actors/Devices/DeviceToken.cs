using Netclaw.Protocol;

namespace Netclaw.Actors.Devices;

/// <summary>
/// A protocol device's bearer token, as the registry keeps it: never the token, only its hash. Beside the device's key it stands for one role;
/// it is never worth more than its device by then.
/// </summary>
/// <param name="Sha256">base64url of the SHA-256 of the token's text.</param>
/// <param name="Scopes">Exactly these: none named is none granted.</param>
/// <param name="Salt">What the gateway works the token out from, beside its own key; null for a token that was made elsewhere.</param>
public sealed record DeviceToken(Role Role, string Sha256, ScopeSet Scopes, DateTimeOffset IssuedAt, string? Salt = null);
