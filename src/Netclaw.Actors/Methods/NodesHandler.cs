using Akka.Actor;
using Netclaw.Actors.Devices;
using Netclaw.Actors.Nodes;
using Netclaw.Protocol;

namespace Netclaw.Actors.Methods;

/// <summary>
/// Serves <c>node.pair.*</c>, <c>node.list</c>, <c>node.describe</c> and <c>node.rename</c>, and tells the registry what connected nodes offer. Lists come from the snapshot;
/// everything else asks the registry and answers when it is durable.
/// </summary>
internal sealed partial class NodesHandler(HandlerParts parts) : MethodHandlerActor, IWithTimers
{
    private readonly OpenQuestions<Asked> _asked = new();

    public ITimerScheduler Timers { get; set; } = null!;

    private RegistrySnapshot Registry => parts.View.Current ?? RegistrySnapshot.Empty;

    private NodeListing Listing => new(Registry, parts.Nodes, parts.Telemetry, parts.Time.GetUtcNow());

    protected override void PreStart() => StartLooking();

    protected override void Handle(MethodCall call)
    {
        switch (call.Method)
        {
            case NodePairListResult.Method: Answer(call, Listing.Pairings(), ProtocolJson.Default.NodePairListResult); break;
            case NodeListResult.Method: Answer(call, new NodeListResult(call.Now.ToUnixTimeMilliseconds(), Listing.All()), ProtocolJson.Default.NodeListResult); break;
            case NodeDescribeParams.Method: Describe(call); break;
            case NodePairApproveParams.Method: Approve(call); break;
            case NodePairRejectParams.Method: Reject(call); break;
            case NodePairRemoveParams.Method: Remove(call); break;
            case NodeRenameParams.Method: Rename(call); break;
            default: Refuse(call, RefusalCode.UnknownMethod, $"{call.Method} is not served here"); break;
        }
    }

    protected override bool HandleOther(object message)
    {
        switch (message)
        {
            case NodeArrived arrived: Look(arrived.Session); return true;
            case LookDue: LookAtAll(); return true;
            case RegistryReply reply: Replied(reply); return true;
            case Terminated gone: RegistryStopped(gone.ActorRef); return true;
            default: return false;
        }
    }

    private void Describe(MethodCall call)
    {
        if (!TryRead(call, ProtocolJson.Default.NodeDescribeParams, out var wanted))
        {
            return;
        }

        if (Listing.Find(wanted.NodeId) is { } row)
        {
            Answer(call, row with { Ts = call.Now.ToUnixTimeMilliseconds() }, ProtocolJson.Default.NodeRow);
        }
        else
        {
            RefuseUnknown(call, wanted.NodeId);
        }
    }

    private void Approve(MethodCall call)
    {
        if (TryRead(call, ProtocolJson.Default.NodePairApproveParams, out var approve))
        {
            Ask(new Asked(call) { Request = approve.RequestId }, id => new RegistryCommand.ApproveSurface(id, call.Now, approve.RequestId, call.Principal));
        }
    }

    private void Reject(MethodCall call)
    {
        if (TryRead(call, ProtocolJson.Default.NodePairRejectParams, out var reject))
        {
            Ask(new Asked(call) { Request = reject.RequestId }, id => new RegistryCommand.RejectSurface(id, call.Now, reject.RequestId, call.Principal));
        }
    }

    private void Remove(MethodCall call)
    {
        if (TryRead(call, ProtocolJson.Default.NodePairRemoveParams, out var remove) && IsDevice(call, remove.NodeId, out var node))
        {
            Ask(new Asked(call) { Node = node }, id => new RegistryCommand.RemoveNode(id, call.Now, node, call.Principal));
        }
    }

    private void Rename(MethodCall call)
    {
        if (!TryRead(call, ProtocolJson.Default.NodeRenameParams, out var rename) || !IsDevice(call, rename.NodeId, out var node))
        {
            return;
        }

        if (Listing.Find(rename.NodeId) is null)
        {
            RefuseUnknown(call, rename.NodeId);
            return;
        }

        Ask(new Asked(call) { Node = node }, id => new RegistryCommand.Rename(id, call.Now, node, rename.DisplayName, call.Principal));
    }

    private bool IsDevice(MethodCall call, string nodeId, out DeviceId node)
    {
        if (NodeName.TryRead(nodeId, out node))
        {
            return true;
        }

        RefuseUnknown(call, nodeId);
        return false;
    }

    private void RefuseUnknown(MethodCall call, string nodeId) =>
        Refuse(call, RefusalCode.DeviceNotFound, $"no node {(nodeId.Length <= 80 ? nodeId : nodeId[..80] + "...")}", Nodes);

    private void Ask(Asked asked, Func<long, object> command) => _asked.Ask(Context, parts.Registry(), asked, command);

    private void RegistryStopped(IActorRef registry)
    {
        foreach (var asked in _asked.TakeAll(registry))
        {
            if (asked.Call is { } call)
            {
                Refuse(call, RefusalCode.JournalUnavailable, "the registry stopped before it answered");
            }
        }
    }

    /// <summary>A question to the registry that is not answered yet.</summary>
    /// <param name="call">Null: the node's own declaration.</param>
    private sealed class Asked(MethodCall? call)
    {
        public MethodCall? Call { get; } = call;
        public DeviceId? Node { get; init; }
        public PairingRequestId? Request { get; init; }
    }
}
