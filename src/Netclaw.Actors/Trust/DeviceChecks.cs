using Netclaw.Actors.Devices;
using Netclaw.Protocol;
using Netclaw.Protocol.Frames;
using static Netclaw.Actors.Trust.AccessDecision;

namespace Netclaw.Actors.Trust;

/// <summary>Proven keys (trust.md sections 3 and 6).</summary>
internal static class DeviceChecks
{
    public static AccessDecision? BrokenProof(AccessQuestion asked) => asked.Credentials.Proof switch
    {
        ProofVerdict.Absent or ProofVerdict.Valid => null,
        ProofVerdict.KeyInvalid => Proof(RefusalCode.DeviceKeyInvalid, "the key is none that this gateway can verify"),
        ProofVerdict.IdMismatch => Proof(RefusalCode.DeviceIdMismatch, "the device id is not the key's"),
        ProofVerdict.NonceMissing => Proof(RefusalCode.DeviceNonceMismatch, "the signature names no challenge") with { Why = new AuthDetails(AuthReason.NonceMissing) },
        ProofVerdict.NonceMismatch => Proof(RefusalCode.DeviceNonceMismatch, "the signature answers another challenge"),
        ProofVerdict.Expired => Proof(RefusalCode.DeviceSignatureExpired, "the signature's time is too far from the gateway's clock"),
        ProofVerdict.SignatureInvalid => Proof(RefusalCode.DeviceSignatureInvalid, "the signature does not verify"),
        _ => throw new ArgumentOutOfRangeException(nameof(asked), asked.Credentials.Proof, "no such verdict"),
    };

    /// <summary>Restored from a backup without knowing who was revoked since: no credential and no offer to pair stands in for the operator's word.</summary>
    public static AccessDecision? Suspended(AccessQuestion asked) =>
        ProvenKey(asked) is { } key && asked.Registry.Devices.GetValueOrDefault(key.DeviceId) is { IsSuspended: true, IsRevoked: false } device
            ? new Refused(RefusalCode.DeviceSuspended, "suspension", $"{device.Id.Short} was restored from a backup and waits for an operator to confirm it")
            : null;

    /// <summary>A device of the registry that proved itself by itself: its own transcript, or the protocol's together with its token.</summary>
    public static AccessDecision? KnownDevice(AccessQuestion asked)
    {
        if (ProvenKey(asked) is not { } key || asked.Registry.Devices.GetValueOrDefault(key.DeviceId) is not { } device)
        {
            return null;
        }

        return asked.Credentials.Kind switch
        {
            ProofKind.Native => Native(asked, key, device),
            ProofKind.Protocol when Token(asked, device) is { } grant => ByToken(asked, key, device, grant),
            ProofKind.Protocol => null,
            _ => throw new ArgumentOutOfRangeException(nameof(asked), asked.Credentials.Kind, "no such proof"),
        };
    }

    /// <summary>The presented key, once its signature has been verified.</summary>
    public static PublicKey? ProvenKey(AccessQuestion asked) =>
        asked is { Credentials.Proof: ProofVerdict.Valid, Hello.DeviceKey: { } key } ? key : null;

    public static Refused? Exceeds(Hello hello, Device device)
    {
        if (!device.Roles.Contains(hello.Role))
        {
            return new Refused(RefusalCode.RoleNotAllowed, "role",
                $"{device.Id.Short} is paired as {string.Join(" and ", device.Roles.Select(NativeTranscript.RoleText))}, not as {NativeTranscript.RoleText(hello.Role)}");
        }

        var missing = new ScopeSet(hello.Scopes.Flags & ~device.Scopes.Expanded.Flags);
        return missing.IsEmpty ? null : new Refused(RefusalCode.MissingScope, "scopes", $"{device.Id.Short} does not hold {missing}");
    }

    public static Refused Revoked(Device device) => new(RefusalCode.DeviceRevoked, "pairing", $"{device.Id.Short} was revoked");

    private static AccessDecision Native(AccessQuestion asked, PublicKey key, Device device) => device switch
    {
        { IsRevoked: true } => PairingChecks.PairOr(asked, key, Revoked(device)),
        { Kind: DeviceKind.Host } => HostDevice(asked, device),
        { Kind: DeviceKind.Paired } => Exceeds(asked.Hello, device) is { } refused
            ? PairingChecks.PairOr(asked, key, refused)
            : Grant(AuthMethod.DeviceKey, asked.Hello, device, device.Scopes),
        { Kind: var kind } => throw new ArgumentOutOfRangeException(nameof(device), kind, "no such kind of device"),
    };

    /// <summary>The host credential is a file on this machine: from anywhere else, or through a proxy, it was carried off.</summary>
    private static AccessDecision HostDevice(AccessQuestion asked, Device host) => asked.Evidence switch
    {
        { Forwarded: true } => new Refused(RefusalCode.HostCredentialNotLocal, "host-credential", "the host credential came with proxy headers"),
        { RemoteIsOwnHost: false, Remote: var remote } when remote is null || !asked.Options.HostAcceptFrom.Contains(remote.Address) =>
            new Refused(RefusalCode.HostCredentialNotLocal, "host-credential", $"the host credential came from {asked.Evidence.ClientAddress}"),
        _ => (AccessDecision?)Exceeds(asked.Hello, host) ?? Grant(AuthMethod.HostKey, asked.Hello, host, host.Scopes),
    };

    private static DeviceTokenGrant? Token(AccessQuestion asked, Device device) =>
        asked.Credentials is { DeviceToken: SecretVerdict.Valid, DeviceGrant: { } grant } && grant.Device == device.Id ? grant : null;

    private static AccessDecision ByToken(AccessQuestion asked, PublicKey key, Device device, DeviceTokenGrant grant)
    {
        if (device.IsRevoked)
        {
            return PairingChecks.PairOr(asked, key, Revoked(device));
        }

        // The token is for one role, and never worth more than its device is by now.
        if (device.Kind != DeviceKind.Paired || grant.Role != asked.Hello.Role)
        {
            return new Refused(RefusalCode.DeviceTokenInvalid, "device-token", $"the token of {device.Id.Short} is for role {NativeTranscript.RoleText(grant.Role)}");
        }

        var narrowed = device with { Scopes = new ScopeSet(grant.Scopes.Expanded.Flags & device.Scopes.Expanded.Flags) };
        return Exceeds(asked.Hello, narrowed) is { } refused
            ? PairingChecks.PairOr(asked, key, refused)
            : Grant(AuthMethod.DeviceToken, asked.Hello, device, narrowed.Scopes);
    }

    private static Granted Grant(AuthMethod method, Hello hello, Device device, ScopeSet most) =>
        new(new Principal(method, hello.Role, hello.Wanted(most), device.Id, device.Name));

    private static Refused Proof(RefusalCode code, string seen) => new(code, "device-proof", seen);
}
