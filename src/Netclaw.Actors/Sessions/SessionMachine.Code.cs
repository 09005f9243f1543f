using System.Text.Json;
using Netclaw.Actors.Audit;
using Netclaw.Actors.Devices;
using Netclaw.Actors.Methods;
using Netclaw.Actors.Trust;
using Netclaw.Protocol;
using static Netclaw.Actors.Sessions.SessionInput;
using static Netclaw.Actors.Sessions.SessionState;

namespace Netclaw.Actors.Sessions;

/// <summary>Pairing by code (trust.md section 7): the try is counted first, the device proves the code first, the pairing is durable first.</summary>
public static partial class SessionMachine
{
    private static Transition Begin(CodeOffered s, CallReceived call)
    {
        if (!MethodParams.TryRead(call.Params, ProtocolJson.Default.PairBeginParams, out var begin, out var problem))
        {
            return End(s, call.Now, MethodParams.Error(call.Method, problem!), RefusalCode.InvalidRequest, call.CallId);
        }

        return new Transition(
            new CodeBeginning(s.Facts, s.Challenge, s.Applicant, call.CallId, begin.CodeId, call.Now + BeginFloor, call.Now + Limits.CodeExchange),
            new SessionEffect.AskRegistry(new RegistryCommand.BeginCode(SessionRequests.BeginCode, call.Now, begin.CodeId)));
    }

    private static Transition Begun(CodeBeginning s, RegistryAnswered i)
    {
        if (i.Reply is not RegistryReply.CodeBegun begun)
        {
            return Refused(s, i);
        }

        var held = new CodeHeld(s.Facts, s.Challenge, s.Applicant, s.CallId, s.CodeId, begun.Code, s.AnswerAt, s.ExpiresAt);
        return i.Now >= s.AnswerAt ? AnswerBegin(held) : Stay(held);
    }

    /// <summary>The same words for live, dead and unknown codes.</summary>
    private static Transition AnswerBegin(CodeHeld s) => new(
        new CodeBegun(s.Facts, s.Challenge, s.Applicant, s.CodeId, s.Code, s.ExpiresAt),
        new SessionEffect.Answer(s.CallId, CallResponse.Success(JsonSerializer.SerializeToElement(
            new PairBeginResult(s.Applicant.ExchangeNonce, (int)Limits.CodeExchange.TotalMilliseconds), ProtocolJson.Default.PairBeginResult))));

    private static Transition Confirm(CodeBegun s, CallReceived call)
    {
        if (!MethodParams.TryRead(call.Params, ProtocolJson.Default.PairConfirmParams, out var confirm, out var problem))
        {
            return End(s, call.Now, MethodParams.Error(call.Method, problem!), RefusalCode.InvalidRequest, call.CallId);
        }

        if (confirm.CodeId != s.CodeId)
        {
            return End(s, call.Now, RefusalCode.PairingExchangeOutOfOrder, "the code that is confirmed is not the one that was begun", call.CallId);
        }

        var applicant = s.Applicant;
        var transcript = new CodeTranscript(
            s.Challenge.GatewayKey, applicant.Key, s.CodeId, applicant.Role, applicant.Scopes,
            s.Challenge.Nonce, s.Challenge.ClientNonce!, applicant.ExchangeNonce);
        return new Transition(
            new CodeChecking(s.Facts, s.Challenge, applicant, call.CallId, s.Code, s.ExpiresAt),
            new SessionEffect.CheckCodeProof(SessionRequests.CodeProof, transcript, s.Code?.SealedKey, confirm.Proof, GrantedBy(s.Code, applicant)));
    }

    /// <summary>Only who proved the code hears what is wrong with it.</summary>
    private static Transition Proven(CodeChecking s, CodeProofChecked i) => s.Code switch
    {
        { } code when !i.Valid || i.GatewayProof is null => WrongCode(s, i, code.CodeId),
        null => WrongCode(s, i, null),
        { SpentBy: { } other } when other != s.Applicant.Key.DeviceId =>
            End(s, i.Now, RefusalCode.PairingCodeUsed, "the code has already paired another device"),
        { SpentBy: null } code when code.Expired || i.Now >= code.ExpiresAt =>
            End(s, i.Now, RefusalCode.PairingCodeExpired, $"the code expired at {code.ExpiresAt.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC"),
        { } code => Redeem(s, i, code),
    };

    /// <summary>A wrong proof and an unknown code are answered alike; only the audit knows which.</summary>
    private static Transition WrongCode(CodeChecking s, CodeProofChecked i, PairingCodeId? known) =>
        End(s, i.Now, RefusalCode.PairingCodeInvalid, "the code did not verify", detail: known is null ? "no such code" : $"wrong proof of {known}");

    private static Transition Redeem(CodeChecking s, CodeProofChecked i, BegunCode code)
    {
        var applicant = s.Applicant;
        return new Transition(
            new CodeRedeeming(s.Facts, s.Challenge, applicant, s.CallId, GrantedBy(code, applicant), i.GatewayProof!, s.ExpiresAt),
            new SessionEffect.AskRegistry(new RegistryCommand.RedeemCode(
                SessionRequests.RedeemCode, i.Now, code.CodeId, applicant.Key, applicant.Role, applicant.Scopes, applicant.Intent.Name,
                applicant.Client.Platform, s.Facts.Evidence.ClientAddress)));
    }

    private static Transition Redeemed(CodeRedeeming s, RegistryAnswered i)
    {
        if (i.Reply is not RegistryReply.Paired paired)
        {
            return Refused(s, i);
        }

        var device = paired.Device;
        if (device.IsRevoked || !device.Roles.Contains(s.Applicant.Role) || !device.Scopes.Covers(s.Granted))
        {
            // A spent code is answered again to its device, but the gateway's proof names what was granted: nothing else may be acted on.
            return End(s, i.Now, RefusalCode.PairingScopeNotOffered, $"the code paired this device with [{device.Scopes}]; asked for [{s.Applicant.Scopes}]");
        }

        var principal = new Principal(AuthMethod.DeviceKey, s.Applicant.Role, s.Granted, device.Id, device.Name);
        return Activate(s, principal, s.Applicant.Client,
            welcome => new SessionEffect.Answer(s.CallId, CallResponse.Success(JsonSerializer.SerializeToElement(
                new PairConfirmResult(s.GatewayProof, welcome), ProtocolJson.Default.PairConfirmResult))),
            new SessionEffect.Record(AuditKind.Pairing, "pair.code", AuditOutcome.Ok, "ok", device.Id.Short, device.Id, $"{device.Name}: {s.Granted}"));
    }

    /// <summary>What the registry will grant: the same rule, so that the gateway's proof and the journal say the same.</summary>
    private static ScopeSet GrantedBy(BegunCode? code, Applicant applicant) => code?.Scopes.Grant(applicant.Scopes) ?? ScopeSet.Empty;
}
