using System.Text.Json;
using Netclaw.Actors.Audit;
using Netclaw.Actors.Devices;
using Netclaw.Actors.Nodes;
using Netclaw.Actors.Sessions;
using Netclaw.Protocol;

namespace Netclaw.Actors.Methods;

/// <summary>What the registry said, once it is durable: audited, told to whoever may hear it, answered.</summary>
internal sealed partial class NodesHandler
{
    /// <summary>Leads out of whatever is refused about a node.</summary>
    private const string Nodes = "netclaw nodes list";

    private void Replied(RegistryReply reply)
    {
        // A reply nobody waits for any more.
        if (!_asked.TryTake(reply.CommandId, out var asked))
        {
            return;
        }

        switch (reply, asked)
        {
            case (RegistryReply.SurfaceDeclared declared, { Call: null, Node: { } node }): Declared(node, declared); break;
            case (_, { Call: null }): break; // looked at again before long
            case (RegistryReply.SurfaceApproved approved, { Call: { } call }): Approved(call, approved); break;
            case (RegistryReply.SurfaceRejected rejected, { Call: { } call }): Rejected(call, rejected); break;
            case (RegistryReply.SurfaceRemoved removed, { Call: { } call }): Removed(call, removed); break;
            case (RegistryReply.Revoked revoked, { Call: { } call }): Revoked(call, revoked); break;
            case (RegistryReply.Changed changed, { Call: { } call }): Renamed(call, changed.Device); break;
            case (RegistryReply.Refused refused, { Call: { } call }): Refused(call, asked, refused); break;
            default: Unexpected(asked.Call, reply); break;
        }
    }

    private void Approved(MethodCall call, RegistryReply.SurfaceApproved approved)
    {
        var (request, now) = (approved.Request, parts.Time.GetUtcNow());
        Record(call, AuditKind.Pairing, AuditOutcome.Ok, "ok", request.Node, $"{request.Id}: {Text(approved.Surface.Commands)}");
        NodeEvents.Resolve(parts.Live, now, request.Node, request.Id, NodePairResolved.Approved);
        if (Registry.Devices.TryGetValue(request.Node, out var device))
        {
            Answer(call, new NodePairApproveResult(request.Id, Listing.Paired(device, approved.Surface)), ProtocolJson.Default.NodePairApproveResult);
        }
        else
        {
            Unexpected(call, approved);
        }
    }

    private void Rejected(MethodCall call, RegistryReply.SurfaceRejected rejected)
    {
        var request = rejected.Request;
        Record(call, AuditKind.Pairing, AuditOutcome.Ok, "ok", request.Node, $"{request.Id} rejected");
        NodeEvents.Resolve(parts.Live, parts.Time.GetUtcNow(), request.Node, request.Id, NodePairResolved.Rejected);
        Answer(call, new NodePairRejectResult(request.Id, request.Node.Hex), ProtocolJson.Default.NodePairRejectResult);
    }

    private void Removed(MethodCall call, RegistryReply.SurfaceRemoved removed)
    {
        var device = removed.Device;
        Record(call, AuditKind.Revocation, AuditOutcome.Ok, "ok", device.Id, "lends nothing any more");
        NodeEvents.Resolve(parts.Live, parts.Time.GetUtcNow(), device.Id, removed.RequestId, NodePairResolved.Removed);
        Answer(call, new NodePairRemoveResult(device.Id.Hex, device.Name, Revoked: false, 0), ProtocolJson.Default.NodePairRemoveResult);
    }

    private void Revoked(MethodCall call, RegistryReply.Revoked revoked)
    {
        var device = revoked.Device;
        Record(call, AuditKind.Revocation, AuditOutcome.Ok, "ok", device.Id, null);
        parts.Metrics.Revoked();
        NodeEvents.Resolve(parts.Live, parts.Time.GetUtcNow(), device.Id, null, NodePairResolved.Removed);
        Answer(call, new NodePairRemoveResult(device.Id.Hex, device.Name, Revoked: true, revoked.ConnectionsClosed), ProtocolJson.Default.NodePairRemoveResult);
    }

    private void Renamed(MethodCall call, Device device)
    {
        Record(call, AuditKind.Pairing, AuditOutcome.Ok, "ok", device.Id, $"named {device.Name}");
        SessionBroadcast.Tell(parts.Live, PairingEvents.Change(parts.Time.GetUtcNow(), device));
        Answer(call, new NodeRenameResult(device.Id.Hex, device.Name), ProtocolJson.Default.NodeRenameResult);
    }

    private void Refused(MethodCall call, Asked asked, RegistryReply.Refused refused)
    {
        var kind = call.Method == NodePairRemoveParams.Method ? AuditKind.Revocation : AuditKind.Pairing;
        var request = asked.Request is { } id ? Registry.SurfaceRequests.GetValueOrDefault(id) : null;
        Record(call, kind, AuditOutcome.Refused, RefusalTable.For(refused.Code).Name, asked.Node ?? request?.Node, refused.Seen);
        switch (refused.Code)
        {
            case RefusalCode.MissingScope when request is not null && CommandPolicy.NeededToApprove(request.Commands) is var needed && !call.Principal.Scopes.Covers(needed):
                Answer(call, CallResponse.Failure(RefusalTable.Error(refused.Code, refused.Seen, $"netclaw daemon pair --scopes {needed}", details: Missing(call, needed))));
                break;
            case RefusalCode.MissingScope or RefusalCode.DeviceNameInvalid or RefusalCode.JournalUnavailable or RefusalCode.HandlerUnavailable or RefusalCode.GatewayStopping:
                Refuse(call, refused.Code, refused.Seen);
                break;
            default:
                Refuse(call, refused.Code, refused.Seen, Nodes);
                break;
        }
    }

    private static JsonElement Missing(MethodCall call, ScopeSet needed) => JsonSerializer.SerializeToElement(
        new MissingScopeDetails(new ScopeSet(needed.Flags & ~call.Principal.Scopes.Expanded.Flags).ToString(), needed), MethodJson.Default.MissingScopeDetails);

    private void Refuse(MethodCall call, RefusalCode code, string message, string remedy) => Answer(call, CallResponse.Failure(RefusalTable.Error(code, message, remedy)));

    private void Unexpected(MethodCall? call, RegistryReply reply)
    {
        if (call is not null)
        {
            MethodLog.UnexpectedReply(parts.Log, reply.GetType().Name, call.Method);
            Refuse(call, RefusalCode.InternalError, "the registry gave no answer to this call");
        }
    }

    private void Record(MethodCall call, AuditKind kind, AuditOutcome outcome, string code, DeviceId? device, string? detail) =>
        parts.Audit.Operator(kind, call.Method, call.Principal, call.Session, parts.Time.GetUtcNow(), outcome, code, device, detail);
}
