using Netclaw.Protocol;

namespace Netclaw.Actors.Devices;

/// <summary>A bearer token of one device for one role, as it is kept: by its hash.</summary>
/// <param name="Sha256">Base64url of the SHA-256 of the token's text.</param>
public sealed record DeviceToken(Role Role, string Sha256, ScopeSet Scopes, DateTimeOffset IssuedAt);
