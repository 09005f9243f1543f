using System.Text.Json;
using Netclaw.Actors.Devices;
using Netclaw.Protocol;
using Netclaw.Protocol.Frames;
using static Netclaw.Actors.Sessions.SessionInput;
using static Netclaw.Actors.Sessions.SessionState;

namespace Netclaw.Actors.Sessions;

/// <summary>
/// Pairing of protocol clients (gateway-protocol.md section 5): they do not wait on the connection, they come again. The request is durable and operators hear of it, then the client
/// is refused with the request's id. Nobody compares symbols: operators see the key's fingerprint.
/// </summary>
public static partial class SessionMachine
{
    private static Transition Announce(Identifying s, DateTimeOffset now, Applicant applicant, Device? known) => new(
        new Announcing(s.Facts, s.Challenge, applicant, s.Deadline, s.CallId, known),
        new SessionEffect.AskRegistry(new RegistryCommand.RequestPairing(
            SessionRequests.RequestPairing, now, applicant.Key, applicant.Role, applicant.Scopes, applicant.Intent.Name, applicant.Client.Platform,
            s.Facts.Evidence.ClientAddress, Symbols: null)));

    private static Transition Announced(Announcing s, RegistryAnswered i)
    {
        if (i.Reply is not RegistryReply.Requested { Request: var request })
        {
            return Refused(s, i);
        }

        var details = new PairingDetails(
            request.Id, s.Applicant.Key.DeviceId, Why(s), s.Applicant.Role, s.Applicant.Scopes, s.Known?.Roles, s.Known?.Scopes);
        var error = RefusalTable.Error(
            RefusalCode.PairingRequired, $"{request.Key.DeviceId.Short} waits for an operator to approve it", $"netclaw devices approve {request.Id}",
            details: JsonSerializer.SerializeToElement(details, GatewayDetailsJson.Default.PairingDetails));
        var end = End(s, i.Now, error, RefusalCode.PairingRequired);

        // A client that comes again every few seconds is news once.
        return request.FirstAt == request.LastAt ? end with { Effects = end.Effects.Insert(0, new SessionEffect.Publish(PairingEvents.Request(i.Now, request))) } : end;
    }

    private static string Why(Announcing s) => s.Known switch
    {
        null => "not-paired",
        { Roles: var roles } when !roles.Contains(s.Applicant.Role) => "role-upgrade",
        _ => "scope-upgrade",
    };
}
