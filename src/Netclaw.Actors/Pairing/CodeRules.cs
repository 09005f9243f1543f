using System.Globalization;
using Netclaw.Actors.Devices;
using Netclaw.Protocol;

namespace Netclaw.Actors.Pairing;

/// <summary>Code first (trust.md section 7): minting, counting tries, and spending a code in the same write that pairs its device.</summary>
internal static class CodeRules
{
    public static Decision Mint(RegistryCommand.MintCode command, RegistryState state)
    {
        if (ApproverRules.MayDecide(command, command.By, state) is { } refusal)
        {
            return refusal;
        }

        if (command.Role == Role.Operator && command.Scopes.IsEmpty)
        {
            return Decision.Refuse(command, RefusalCode.InvalidRequest, "a code for an operator must grant at least one scope");
        }

        if (command.Lifetime <= TimeSpan.Zero || command.Lifetime > IssuedCode.MaximumLifetime)
        {
            return Decision.Refuse(command, RefusalCode.InvalidRequest,
                string.Create(CultureInfo.InvariantCulture, $"a code lives up to {IssuedCode.MaximumLifetime.TotalMinutes} minutes, not {command.Lifetime}"));
        }

        string? name = null;
        if (command.Name is not null && !DeviceName.TryNormalize(command.Name, out name, out var problem))
        {
            return Decision.Refuse(command, RefusalCode.DeviceNameInvalid, problem);
        }

        if (ApproverRules.MayGrant(command, command.By, command.Role, command.Scopes, state) is { } exceeded)
        {
            return exceeded;
        }

        if (state.Codes.Values.Count(code => code.IsLive(command.Now)) >= IssuedCode.MaximumLive)
        {
            return Decision.Refuse(command, RefusalCode.TooManyLiveCodes,
                string.Create(CultureInfo.InvariantCulture, $"{IssuedCode.MaximumLive} codes are waiting to be used"));
        }

        if (state.Codes.TryGetValue(command.CodeId, out var taken) && !taken.IsForgotten(command.Now))
        {
            // One in a thousand at worst: the asker draws another code.
            return Decision.Refuse(command, RefusalCode.HandlerUnavailable, $"code {command.CodeId} is in use; draw another");
        }

        var code = new IssuedCode
        {
            Id = command.CodeId, SealedKey = command.SealedKey, Role = command.Role, Scopes = command.Scopes, Name = name,
            ExpiresAt = command.Now + command.Lifetime, MintedBy = command.By.Subject,
        };
        return Decision.Accept(
            new RegistryReply.CodeMinted(command.CommandId, code.Id, code.ExpiresAt), new RegistryEvent.CodeMinted(command.Now, code));
    }

    public static Decision Begin(RegistryCommand.BeginCode command, RegistryState state)
    {
        if (!state.Codes.TryGetValue(command.CodeId, out var code) || !code.HasTriesLeft || code.IsForgotten(command.Now))
        {
            return Decision.Accept(new RegistryReply.CodeBegun(command.CommandId, null));
        }

        var begun = new BegunCode(code.Id, code.SealedKey, code.Role, code.Scopes, code.ExpiresAt, code.IsExpired(command.Now), code.SpentBy);
        return Sabotage.Is(Break.TriesNotCounted) ? Decision.Accept(new RegistryReply.CodeBegun(command.CommandId, begun)) : Decision.Accept(
            new RegistryReply.CodeBegun(command.CommandId, begun), new RegistryEvent.CodeTried(command.Now, code.Id, code.Tries + 1));
    }

    public static Decision Redeem(RegistryCommand.RedeemCode command, RegistryState state)
    {
        if (!state.Codes.TryGetValue(command.CodeId, out var code) || code.IsForgotten(command.Now))
        {
            return Decision.Refuse(command, RefusalCode.PairingCodeInvalid, $"no code {command.CodeId.Spoken}");
        }

        if (code.SpentBy is { } spender)
        {
            return Again(command, spender, state);
        }

        if (code.IsExpired(command.Now) && !Sabotage.Is(Break.ExpiryNotCheckedAtCommit))
        {
            return Decision.Refuse(command, RefusalCode.PairingCodeExpired,
                string.Create(CultureInfo.InvariantCulture, $"the code expired at {code.ExpiresAt.UtcDateTime:u}"));
        }

        var id = command.Key.DeviceId;
        if (state.Devices.TryGetValue(id, out var known) && known.Kind == DeviceKind.Host)
        {
            return Decision.Refuse(command, RefusalCode.HostCredentialNotLocal, "the gateway's own host credential is not paired by code");
        }

        var granted = code.Scopes.Grant(command.Scopes);
        if (code.Role != command.Role || (command.Role == Role.Operator && granted.IsEmpty))
        {
            return Decision.Refuse(command, RefusalCode.PairingScopeNotOffered,
                $"the code is for {NativeTranscript.RoleText(code.Role)} [{code.Scopes}]; asked for {NativeTranscript.RoleText(command.Role)} [{command.Scopes}]");
        }

        if (!DeviceName.TryNormalize(code.Name ?? command.Name, out var name, out var problem))
        {
            return Decision.Refuse(command, RefusalCode.DeviceNameInvalid, problem);
        }

        var enrolment = Enrolment.Of(new Device
        {
            Id = id, Key = command.Key, Name = name, Platform = PlatformText.Normalize(command.Platform), Kind = DeviceKind.Paired,
            Roles = [command.Role], Scopes = granted, Via = PairedVia.Code, PairedBy = code.MintedBy, PairedAt = command.Now,
        }, state);
        return Decision.Accept(
            new RegistryReply.Paired(command.CommandId, enrolment.Device),
            [.. enrolment.Before, new RegistryEvent.CodeRedeemed(command.Now, code.Id, enrolment.Device, command.ClientAddress)]);
    }

    /// <summary>A device that lost the answer is told again; a spent code lifts no tombstone and pairs nobody else.</summary>
    private static Decision Again(RegistryCommand.RedeemCode command, DeviceId spender, RegistryState state)
    {
        if (spender != command.Key.DeviceId)
        {
            return Decision.Refuse(command, RefusalCode.PairingCodeUsed, "the code has paired another device");
        }

        return state.Devices.TryGetValue(spender, out var device) && (!device.IsRevoked || Sabotage.Is(Break.ReviveBySpentCode))
            ? Decision.Accept(new RegistryReply.Paired(command.CommandId, device))
            : Decision.Refuse(command, RefusalCode.DeviceRevoked, $"{spender.Short} used this code and was revoked since");
    }
}
