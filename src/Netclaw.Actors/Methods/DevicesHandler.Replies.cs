using Netclaw.Actors.Audit;
using Netclaw.Actors.Devices;
using Netclaw.Actors.Sessions;
using Netclaw.Protocol;

namespace Netclaw.Actors.Methods;

/// <summary>What the registry said, once it is durable: audited, told to whoever may hear it, answered.</summary>
internal sealed partial class DevicesHandler
{
    private void Replied(RegistryReply reply)
    {
        // A reply nobody waits for any more.
        if (!_asked.TryTake(reply.CommandId, out var asked))
        {
            return;
        }

        switch (reply)
        {
            case RegistryReply.CodeMinted minted when asked.Code is { } code: Minted(asked, code, minted); break;
            case RegistryReply.Approved approved: Approved(asked, approved); break;
            case RegistryReply.Rejected rejected: Rejected(asked, rejected); break;
            case RegistryReply.Revoked revoked: Revoked(asked, revoked); break;
            case RegistryReply.Requested requested: Requested(asked, requested.Request); break;
            case RegistryReply.Resolved resolved: Resolved(asked, resolved); break;
            case RegistryReply.Changed changed: Changed(asked, changed); break;
            case RegistryReply.Imported imported: Imported(asked, imported); break;
            case RegistryReply.LegacyRemoved removed: LegacyRemoved(asked, removed.Legacy); break;
            case RegistryReply.Confirmed confirmed: Confirmed(asked, confirmed); break;
            case RegistryReply.Done when asked.Call.Method == LocalPairingResult.ConfirmMethod: Confirmed(asked); break;
            case RegistryReply.Refused refused: Refused(asked, refused); break;
            default: Unexpected(asked, reply); break;
        }
    }

    private void Minted(Asked asked, PairingCode code, RegistryReply.CodeMinted minted)
    {
        Record(asked, AuditKind.Pairing, AuditOutcome.Ok, "ok", null, $"code {minted.CodeId}");
        Answer(asked.Call, Result(code, minted.ExpiresAt), ProtocolJson.Default.CodeCreateResult);
    }

    private void Approved(Asked asked, RegistryReply.Approved approved)
    {
        Record(asked, AuditKind.Pairing, AuditOutcome.Ok, "ok", approved.Device.Id, $"{approved.RequestId}: {approved.Device.Name} [{approved.Device.Scopes}]");
        _parts.Metrics.Paired("request");
        Publish(approved.RequestId, approved.Device.Id, approved: true);
        Answer(asked.Call, new PairApproveResult(approved.RequestId, DeviceRows.Row(approved.Device, _parts.Live)), ProtocolJson.Default.PairApproveResult);
    }

    private void Rejected(Asked asked, RegistryReply.Rejected rejected)
    {
        Record(asked, AuditKind.Pairing, AuditOutcome.Ok, "ok", rejected.Device, $"{rejected.RequestId} rejected");
        Publish(rejected.RequestId, rejected.Device, approved: false);
        Answer(asked.Call, new PairRejectResult(rejected.RequestId, rejected.Device), ProtocolJson.Default.PairRejectResult);
    }

    private void Revoked(Asked asked, RegistryReply.Revoked revoked)
    {
        Record(asked, AuditKind.Revocation, AuditOutcome.Ok, "ok", revoked.Device.Id, asked.Reason);
        _parts.Metrics.Revoked();
        Answer(asked.Call, new PairRemoveResult(revoked.Device.Id, revoked.Device.Name, revoked.ConnectionsClosed), ProtocolJson.Default.PairRemoveResult);
    }

    private void Confirmed(Asked asked)
    {
        var now = LocalPairing();
        Record(asked, AuditKind.Pairing, AuditOutcome.Ok, "ok", null, $"local pairing {now.State}: exposure {now.Exposure}, auth {now.AuthMode}");
        MethodLog.LocalPairingConfirmed(_parts.Log, asked.Call.Principal.Subject, now.Exposure, now.AuthMode);
        Answer(asked.Call, now, ProtocolJson.Default.LocalPairingResult);
    }

    private void Refused(Asked asked, RegistryReply.Refused refused)
    {
        var kind = asked.Call.Method is PairRemoveParams.Method or LegacyRemoveParams.Method ? AuditKind.Revocation : AuditKind.Pairing;
        Record(asked, kind, AuditOutcome.Refused, RefusalTable.For(refused.Code).Name, asked.Device, refused.Seen);
        Refuse(asked.Call, refused.Code, refused.Seen);
    }

    private void Unexpected(Asked asked, RegistryReply reply)
    {
        MethodLog.UnexpectedReply(_parts.Log, reply.GetType().Name, asked.Call.Method);
        Refuse(asked.Call, RefusalCode.InternalError, "the registry gave no answer to this call");
    }

    private void Publish(PairingRequestId request, DeviceId device, bool approved) =>
        SessionBroadcast.Tell(_parts.Live, PairingEvents.Resolution(_parts.Time.GetUtcNow(), request, device, approved));

    private void Record(Asked asked, AuditKind kind, AuditOutcome outcome, string code, DeviceId? device, string? detail) =>
        _parts.Audit.Operator(kind, asked.Call.Method, asked.Call.Principal, asked.Call.Session, _parts.Time.GetUtcNow(), outcome, code, device, detail);
}
