using Netclaw.Actors.Devices;
using Netclaw.Actors.Pairing;
using Netclaw.Protocol;
using static Netclaw.Actors.Trust.AccessDecision;

namespace Netclaw.Actors.Trust;

/// <summary>
/// The token of a setup code (gateway-protocol.md section 8). An operator of this gateway made it and it was drawn for one device, so together with a proven key it needs no other
/// credential, whatever the auth mode, and comes before what is known of the key: that is how a known device gets a role that it did not have.
/// </summary>
internal static class SetupChecks
{
    private const string Check = "setup-code";

    public static AccessDecision? Redeem(AccessQuestion asked) => asked.Credentials.Setup switch
    {
        SecretVerdict.Absent => null,
        _ when DeviceChecks.ProvenKey(asked) is null => Refuse(RefusalCode.SetupCodeInvalid, "a setup code was shown without a device key"),
        SecretVerdict.Valid when Setup(asked) is { } setup => ByCode(asked, DeviceChecks.ProvenKey(asked)!, setup),
        // Whoever starts a paired node with its first link again is let in by what it has become.
        _ when DeviceChecks.KnownDevice(asked) is Granted known => known,
        SecretVerdict.Limited => new Refused(RefusalCode.AuthRateLimited, Check,
            $"too many wrong ones came from {asked.Evidence.ClientAddress}; this setup code was not looked at") { RetryAfter = asked.Credentials.RetryAfter },
        _ => Refuse(RefusalCode.SetupCodeInvalid, asked.Credentials.SetupProblem ?? "no setup code of this gateway has this token"),
    };

    private static IssuedSetup? Setup(AccessQuestion asked) => asked.Credentials.SetupCode is { } id ? asked.Registry.Setups.GetValueOrDefault(id) : null;

    private static AccessDecision ByCode(AccessQuestion asked, PublicKey key, IssuedSetup setup)
    {
        var device = asked.Registry.Devices.GetValueOrDefault(key.DeviceId);
        return setup.SpentBy switch
        {
            { } spender when spender != key.DeviceId => Refuse(RefusalCode.SetupCodeInvalid, "the setup code has paired another device"),
            _ when device is { Kind: DeviceKind.Host, IsRevoked: false } => Refuse(RefusalCode.HostCredentialNotLocal, "the gateway's own host credential came with a setup code"),
            _ when !setup.Roles.Contains(asked.Hello.Role) => Refuse(RefusalCode.RoleNotAllowed,
                $"the setup code is for {string.Join(" and ", setup.Roles.Select(NativeTranscript.RoleText))}, not for {NativeTranscript.RoleText(asked.Hello.Role)}; it was not spent"),
            _ when !setup.Scopes.Covers(asked.Hello.Scopes) => Refuse(RefusalCode.MissingScope, $"the setup code grants [{setup.Scopes}], not [{asked.Hello.Scopes}]; it was not spent"),
            null => new RedeemSetup(key, setup.Id) { Scopes = asked.Hello.Role == Role.Operator ? setup.Scopes : ScopeSet.Empty, IsForApp = setup.IsForApp },
            _ => Again(asked, setup, device),
        };
    }

    /// <summary>The device that the code has paired, within the code's time: it gets what the code gave and the device still has.</summary>
    private static AccessDecision Again(AccessQuestion asked, IssuedSetup setup, Device? device)
    {
        if (device is null or { IsRevoked: true })
        {
            return Refuse(RefusalCode.DeviceRevoked, "the device that used this setup code was revoked since");
        }

        var most = new ScopeSet(device.Scopes.Expanded.Flags & setup.Scopes.Expanded.Flags);
        return DeviceChecks.Exceeds(asked.Hello, device with { Scopes = most })
            ?? (AccessDecision)new Granted(new Principal(AuthMethod.BootstrapToken, asked.Hello.Role, asked.Hello.Wanted(most), device.Id, device.Name));
    }

    private static Refused Refuse(RefusalCode code, string seen) => new(code, Check, seen);
}
