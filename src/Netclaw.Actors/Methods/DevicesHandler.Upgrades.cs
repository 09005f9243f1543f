using Netclaw.Actors.Audit;
using Netclaw.Actors.Devices;
using Netclaw.Actors.Sessions;
using Netclaw.Protocol;

namespace Netclaw.Actors.Methods;

/// <summary>A device asks for scopes that it does not hold, and waits for an operator.</summary>
internal sealed partial class DevicesHandler
{
    private void RequestUpgrade(MethodCall call)
    {
        if (TryRead(call, ProtocolJson.Default.ScopesRequestParams, out var wanted))
        {
            var address = _parts.Live.TryFind(call.Session, out var session) ? session.State.Facts.Evidence.ClientAddress : "unknown";
            Ask(new Asked(call) { Device = call.Principal.Device }, id => new RegistryCommand.RequestUpgrade(id, call.Now, wanted.Scopes, call.Principal, address));
        }
    }

    private void WaitForUpgrade(MethodCall call)
    {
        if (!TryRead(call, ProtocolJson.Default.ScopesWaitParams, out var wait))
        {
            return;
        }

        if (call.Principal.Device is { } device)
        {
            Ask(new Asked(call) { Device = device }, id => new WatchRequest(id, wait.RequestId, device));
        }
        else
        {
            Refuse(call, RefusalCode.InvalidRequest, $"{call.Principal.Subject} is no paired device");
        }
    }

    private void Requested(Asked asked, PendingRequest request)
    {
        var now = _parts.Time.GetUtcNow();
        Record(asked, AuditKind.Pairing, AuditOutcome.Ok, "ok", request.Key.DeviceId, $"{request.Id}: asks for [{request.Scopes}]");
        SessionBroadcast.Tell(_parts.Live, PairingEvents.Request(now, request));
        Answer(asked.Call, new ScopesRequestResult(request.Id, request.ExpiresAt.ToUnixTimeMilliseconds()), ProtocolJson.Default.ScopesRequestResult);
    }

    private void Resolved(Asked asked, RegistryReply.Resolved resolved)
    {
        var status = resolved switch
        {
            { Device: not null } => ScopesWaitResult.Approved,
            { Code: RefusalCode.PairingRejected } => ScopesWaitResult.Rejected,
            _ => ScopesWaitResult.Expired,
        };
        Answer(asked.Call, new ScopesWaitResult(status, resolved.RequestId, resolved.Device?.Scopes), ProtocolJson.Default.ScopesWaitResult);
    }
}
