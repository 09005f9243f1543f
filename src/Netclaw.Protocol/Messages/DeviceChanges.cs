using System.Collections.Immutable;

namespace Netclaw.Protocol;

/// <summary>Method <c>device.pair.rename</c>. A name in use gets a number behind it.</summary>
/// <param name="Label">1-64 characters, none of them control or direction-changing.</param>
public sealed record PairRenameParams(DeviceId DeviceId, string Label)
{
    public const string Method = "device.pair.rename";
}

/// <param name="Label">As it is called now.</param>
public sealed record PairRenameResult(DeviceId DeviceId, string Label);

/// <summary>Method <c>devices.confirm</c>: suspended devices are let in again, with what they held.</summary>
/// <param name="Devices">Left out: every suspended device.</param>
public sealed record DevicesConfirmParams(ImmutableArray<DeviceId>? Devices = null)
{
    public const string Method = "devices.confirm";
}

/// <param name="Devices">Those that were suspended and are not any more.</param>
public sealed record DevicesConfirmResult(ImmutableArray<PairedDevice> Devices);

/// <summary>Method <c>device.scopes.set</c>: exactly these from now on. Answered after connections that held more are closed.</summary>
public sealed record ScopesSetParams(DeviceId DeviceId, ScopeSet Scopes)
{
    public const string Method = "device.scopes.set";
}

public sealed record ScopesSetResult(PairedDevice Device, int ConnectionsClosed);

/// <summary>Method <c>device.scopes.requestUpgrade</c>: the calling device asks an operator for more.</summary>
public sealed record ScopesRequestParams(ScopeSet Scopes)
{
    public const string Method = "device.scopes.requestUpgrade";
}

public sealed record ScopesRequestResult(PairingRequestId RequestId, long ExpiresAtMs);

/// <summary>Method <c>device.scopes.waitUpgrade</c>: answered when the request is decided or has run out.</summary>
public sealed record ScopesWaitParams(PairingRequestId RequestId)
{
    public const string Method = "device.scopes.waitUpgrade";
}

/// <param name="Status">approved, rejected or expired.</param>
/// <param name="Scopes">When approved: what the device holds now. This connection keeps what it had; a new one gets them.</param>
public sealed record ScopesWaitResult(string Status, PairingRequestId RequestId, ScopeSet? Scopes = null)
{
    public const string Approved = "approved";
    public const string Rejected = "rejected";
    public const string Expired = "expired";
}

/// <summary>
/// Method <c>device.key.rotate</c>: another key for the device that calls, by a connection that its present key proved. Both keys sign the same
/// (NativeTranscript.Rekey); base64url. From the answer on the former key is a tombstone.
/// </summary>
public sealed record KeyRotateParams(PublicKey PublicKey, string FormerSignature, string Signature)
{
    public const string Method = "device.key.rotate";
}

/// <param name="DeviceId">Of the key that is good from now on.</param>
public sealed record KeyRotateResult(DeviceId DeviceId, DeviceId FormerDeviceId, string Name, int ConnectionsClosed);

/// <summary>Method <c>device.token.rotate</c>: a new bearer token in place of the one for this role. Answered after connections of the old one are closed.</summary>
/// <param name="Scopes">At most what device and caller hold. Left out: those of the token before, else the device's.</param>
public sealed record TokenRotateParams(DeviceId DeviceId, Role Role, ScopeSet? Scopes = null)
{
    public const string Method = "device.token.rotate";
}

/// <param name="TokenDelivery">in-band: it is in <paramref name="Token"/>, this once and never again.</param>
public sealed record TokenRotateResult(DeviceId DeviceId, Role Role, ScopeSet Scopes, long RotatedAtMs, string TokenDelivery, Secret? Token = null)
{
    public const string InBand = "in-band";
}

/// <summary>Method <c>device.token.revoke</c>. Answered after connections of the token are closed.</summary>
public sealed record TokenRevokeParams(DeviceId DeviceId, Role Role)
{
    public const string Method = "device.token.revoke";
}

public sealed record TokenRevokeResult(DeviceId DeviceId, Role Role, long RevokedAtMs);
