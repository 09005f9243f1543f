using System.Globalization;
using Netclaw.Actors.Devices;
using Netclaw.Protocol;

namespace Netclaw.Actors.Pairing;

/// <summary>Setup codes (gateway-protocol.md section 8): minting, and spending one in the same write that pairs its device.</summary>
internal static class SetupRules
{
    public static Decision Mint(RegistryCommand.MintSetup command, RegistryState state)
    {
        if (ApproverRules.MayDecide(command, command.By, state) is { } refusal)
        {
            return refusal;
        }

        string? name = null;
        if (command.Name is not null && !DeviceName.TryNormalize(command.Name, out name, out var problem))
        {
            return Decision.Refuse(command, RefusalCode.DeviceNameInvalid, problem);
        }

        foreach (var role in command.Roles)
        {
            if (ApproverRules.MayGrant(command, command.By, role, role == Role.Operator ? command.Scopes : ScopeSet.Empty, state) is { } exceeded)
            {
                return exceeded;
            }
        }

        if (state.Setups.Values.Count(setup => setup.IsLive(command.Now)) >= IssuedSetup.MaximumLive)
        {
            return Decision.Refuse(command, RefusalCode.TooManyLiveCodes, string.Create(CultureInfo.InvariantCulture, $"{IssuedSetup.MaximumLive} setup codes are waiting to be used"));
        }

        if (state.Setups.ContainsKey(command.Id))
        {
            return Decision.Refuse(command, RefusalCode.HandlerUnavailable, $"setup code {command.Id} is in use; draw another");
        }

        var setup = new IssuedSetup
        {
            Id = command.Id, Token = command.Token, Roles = command.Roles, Scopes = command.Scopes, Name = name,
            ExpiresAt = command.Now + IssuedSetup.Lifetime, MintedBy = command.By.Subject,
        };
        return Decision.Accept(new RegistryReply.SetupMinted(command.CommandId, setup.Id, setup.ExpiresAt), new RegistryEvent.SetupCodeMinted(command.Now, setup));
    }

    /// <summary>The policy found the token right on an older snapshot; what has been spent since stays so.</summary>
    public static Decision Redeem(RegistryCommand.RedeemSetup command, RegistryState state)
    {
        if (!state.Setups.TryGetValue(command.Id, out var setup) || setup.IsForgotten(command.Now))
        {
            return Decision.Refuse(command, RefusalCode.SetupCodeInvalid, $"no setup code {command.Id}");
        }

        var id = command.Key.DeviceId;
        var known = state.Devices.GetValueOrDefault(id);
        if (setup.SpentBy is { } spender)
        {
            return Again(command, spender, known);
        }

        if (setup.IsExpired(command.Now))
        {
            return Decision.Refuse(command, RefusalCode.SetupCodeInvalid, Expired(setup));
        }

        if (known is { Kind: DeviceKind.Host, IsRevoked: false })
        {
            return Decision.Refuse(command, RefusalCode.HostCredentialNotLocal, "the gateway's own host credential is not paired by a setup code");
        }

        if (known is { IsSuspended: true, IsRevoked: false })
        {
            return Decision.Refuse(command, RefusalCode.DeviceSuspended, $"{id.Short} was restored from a backup and waits for an operator to confirm it");
        }

        // A client that calls itself something that is no name goes by its id.
        var name = DeviceName.TryNormalize(setup.Name ?? command.Name, out var own, out _) ? own : id.Short;
        var enrolment = Enrolment.Of(new Device
        {
            Id = id, Key = command.Key, Name = name, Platform = PlatformText.Normalize(command.Platform), Kind = DeviceKind.Paired,
            Roles = setup.Roles, Scopes = setup.Scopes, Via = PairedVia.Setup, PairedBy = setup.MintedBy, PairedAt = command.Now,
        }, state);
        return Decision.Accept(
            new RegistryReply.Paired(command.CommandId, enrolment.Device),
            [.. enrolment.Before, new RegistryEvent.SetupCodeRedeemed(command.Now, setup.Id, enrolment.Device, command.ClientAddress)]);
    }

    /// <summary>For the person who holds a token whose time is over.</summary>
    public static string Expired(IssuedSetup setup) => string.Create(CultureInfo.InvariantCulture, $"the setup code expired at {setup.ExpiresAt.UtcDateTime:u}");

    /// <summary>The device whose answer got lost is told again; a spent code lifts no tombstone and pairs nobody else.</summary>
    private static Decision Again(RegistryCommand.RedeemSetup command, DeviceId spender, Device? known) =>
        spender != command.Key.DeviceId ? Decision.Refuse(command, RefusalCode.SetupCodeInvalid, "the setup code has paired another device")
        : known is { IsRevoked: false } ? Decision.Accept(new RegistryReply.Paired(command.CommandId, known))
        : Decision.Refuse(command, RefusalCode.DeviceRevoked, $"{spender.Short} used this setup code and was revoked since");
}
