using System.Text.Json;
using Netclaw.Actors.Devices;
using Netclaw.Actors.Methods;
using Netclaw.Actors.Trust;
using Netclaw.Protocol;
using static Netclaw.Actors.Sessions.SessionInput;
using static Netclaw.Actors.Sessions.SessionState;

namespace Netclaw.Actors.Sessions;

/// <summary>Pairing by request (trust.md section 7): the device committed itself before it saw our nonce, an operator compares symbols.</summary>
public static partial class SessionMachine
{
    private static Transition Request(RequestOffered s, CallReceived call)
    {
        if (!MethodParams.TryRead(call.Params, ProtocolJson.Default.PairRequestParams, out var request, out var problem))
        {
            return End(s, call.Now, MethodParams.Error(call.Method, problem!), RefusalCode.InvalidRequest, call.CallId);
        }

        var applicant = s.Applicant;
        if (!CheckSymbols.CommitmentHolds(applicant.Intent.Commitment, request.SymbolNonce))
        {
            return End(s, call.Now, RefusalCode.PairingCommitmentMismatch, "the revealed nonce is not the one that was committed to in connect", call.CallId);
        }

        var symbols = CheckSymbols.Compute(s.Challenge.GatewayKey, applicant.Key, applicant.ExchangeNonce, request.SymbolNonce);
        return new Transition(
            new Requesting(s.Facts, s.Challenge, applicant, s.Deadline, call.CallId, symbols),
            new SessionEffect.AskRegistry(new RegistryCommand.RequestPairing(
                SessionRequests.RequestPairing, call.Now, applicant.Key, applicant.Role, applicant.Scopes, applicant.Intent.Name,
                applicant.Client.Platform, s.Facts.Evidence.ClientAddress, symbols)));
    }

    private static Transition Requested(Requesting s, RegistryAnswered i)
    {
        if (i.Reply is not RegistryReply.Requested { Request: var request })
        {
            return Refused(s, i);
        }

        var result = new PairRequestResult(request.Id, s.Symbols, request.ExpiresAt.ToUnixTimeMilliseconds());
        return new Transition(
            new RequestWaiting(s.Facts, s.Challenge, s.Applicant, request.Id, request.ExpiresAt),
            // The index first: whoever is told of the request may decide it at once.
            new SessionEffect.AwaitRequest(request.Id, s.Applicant.Key.DeviceId),
            new SessionEffect.Answer(s.CallId, CallResponse.Success(JsonSerializer.SerializeToElement(result, ProtocolJson.Default.PairRequestResult))),
            new SessionEffect.Publish(PairingEvents.Request(i.Now, request)));
    }

    private static Transition Resolved(RequestWaiting s, PairingResolved i)
    {
        if (i.Approved is not { } device)
        {
            var code = i.Code ?? RefusalCode.PairingRejected;
            return End(s, i.Now, code, i.Reason ?? RefusalTable.For(code).Meaning);
        }

        // The operator may have granted less than was asked for, never another role.
        var granted = s.Applicant.Scopes.IsEmpty && s.Applicant.Role == Role.Operator ? device.Scopes : device.Scopes.Grant(s.Applicant.Scopes);
        if (device.IsRevoked || device.Id != s.Applicant.Key.DeviceId || !device.Roles.Contains(s.Applicant.Role))
        {
            return End(s, i.Now, RefusalCode.InternalError, "the approval is not of this device and role");
        }

        var principal = new Principal(AuthMethod.DeviceKey, s.Applicant.Role, granted, device.Id, device.Name);
        return Activate(s, principal, s.Applicant.Client, welcome => new SessionEffect.Send(HelloOk.WelcomeEvent, ToJson(welcome)));
    }

    private static Transition PairingExpired(AwaitingPairing s, DeadlinePassed i) => s switch
    {
        RequestWaiting => End(s, i.Now, RefusalCode.PairingRequestExpired, "nobody approved the request in time"),
        CodeOffered or RequestOffered or Requesting or Announcing => End(s, i.Now, RefusalCode.HandshakeTimeout, $"no pairing step while {s.Step}"),
        _ => End(s, i.Now, RefusalCode.PairingExchangeExpired, $"the exchange was not finished while {s.Step}"),
    };

    private static Transition Refused(AwaitingPairing s, RegistryAnswered i) => i.Reply is RegistryReply.Refused refused
        ? End(s, i.Now, refused.Code, refused.Seen)
        : End(s, i.Now, RefusalCode.InternalError, $"the registry answered {i.Reply.GetType().Name} while {s.Step}");
}
