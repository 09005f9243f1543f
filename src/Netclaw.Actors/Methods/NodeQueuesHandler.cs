using System.Collections.Immutable;
using Akka.Actor;
using Netclaw.Actors.Devices;
using Netclaw.Actors.Nodes;
using Netclaw.Actors.Nodes.Invoking;
using Netclaw.Actors.Nodes.Queues;
using Netclaw.Protocol;

namespace Netclaw.Actors.Methods;

/// <summary>Serves <c>node.pending.*</c>: asks the queues and answers when it is durable. When they stop, what is open is answered <c>journal_unavailable</c>.</summary>
internal sealed class NodeQueuesHandler(HandlerParts parts) : MethodHandlerActor
{
    private readonly OpenQuestions<Asked> _asked = new();

    protected override void Handle(MethodCall call)
    {
        switch (call.Method)
        {
            case NodePendingEnqueueParams.Method: Enqueue(call); break;
            case NodePendingDrainParams.Method: Drain(call); break;
            case NodePendingPullResult.Method: AsNode(call, (id, now, node, since) => new QueueCommand.Pull(id, now, node, since)); break;
            case NodePendingAckParams.Method: Ack(call); break;
            default: Refuse(call, RefusalCode.UnknownMethod, $"{call.Method} is not served here"); break;
        }
    }

    protected override bool HandleOther(object message)
    {
        switch (message)
        {
            case QueueReply reply: Replied(reply); return true;
            case Terminated gone: Stopped(gone.ActorRef); return true;
            default: return false;
        }
    }

    private void Enqueue(MethodCall call)
    {
        if (!TryRead(call, ProtocolJson.Default.NodePendingEnqueueParams, out var wanted, Problem))
        {
            return;
        }

        if (!NodeName.TryRead(wanted.NodeId, out var node) || parts.View.Current?.Devices.GetValueOrDefault(node) is not { IsRevoked: false } device || !device.Roles.Contains(Role.Node))
        {
            Answer(call, InvokeRefusals.PairingChanged("node pairing changed: no paired node has this id"));
        }
        else
        {
            Ask(call, node, (id, now) => new QueueCommand.Queue(id, now, node, device.PairedAt, new QueuedItem(
                QueuedId.New(), wanted.Type, wanted.Priority == NodePendingEnqueueParams.High, now, now.AddMilliseconds(wanted.ExpiresInMs ?? NodePendingEnqueueParams.LongestExpiryMs))));
        }
    }

    private void Drain(MethodCall call)
    {
        if (TryRead(call, ProtocolJson.Default.NodePendingDrainParams, out var wanted, given => given.MaxItems is < 1 or > NodePendingDrainParams.Most ? $"at $.maxItems: 1 to {NodePendingDrainParams.Most}" : null))
        {
            AsNode(call, (id, now, node, since) => new QueueCommand.Drain(id, now, node, since, wanted.MaxItems ?? NodePendingDrainParams.Most));
        }
    }

    private void Ack(MethodCall call)
    {
        if (!TryRead(call, ProtocolJson.Default.NodePendingAckParams, out var done,
            given => given.Ids.IsDefaultOrEmpty || given.Ids.Length > NodePendingAckParams.Most ? $"at $.ids: 1 to {NodePendingAckParams.Most} ids" : null))
        {
            return;
        }

        ImmutableArray<QueuedId> ids = [.. done.Ids.Select(text => QueuedId.TryParse(text, out var id) ? id : default).Where(id => id != default)];
        AsNode(call, (id, now, node, since) => new QueueCommand.Ack(id, now, node, since, ids));
    }

    /// <summary>For the calling node's own queues. A node without a key of its own has none: nothing outlives its connection.</summary>
    private void AsNode(MethodCall call, Func<long, DateTimeOffset, DeviceId, DateTimeOffset, QueueCommand> command)
    {
        if (call.Principal.Device is not { } node || parts.View.Current?.Devices.GetValueOrDefault(node) is not { IsRevoked: false } device)
        {
            Answer(call, InvokeRefusals.PairingChanged("node pairing changed: the calling node is not paired"));
            return;
        }

        Ask(call, node, (id, now) => command(id, now, node, device.PairedAt));
    }

    private void Ask(MethodCall call, DeviceId node, Func<long, DateTimeOffset, QueueCommand> command) => _asked.Ask(
        Context, parts.Queues(), new Asked(call, node), id => command(id, DateTimeOffset.FromUnixTimeMilliseconds(call.Now.ToUnixTimeMilliseconds())));

    private void Replied(QueueReply reply)
    {
        if (!_asked.TryTake(reply.CommandId, out var asked))
        {
            return;
        }

        var (call, node) = (asked.Call, asked.Node.Hex);
        switch (reply)
        {
            case QueueReply.Queued r: Answer(call, new NodePendingEnqueueResult(node, r.Revision, Item(r.Item), WakeTriggered: false), ProtocolJson.Default.NodePendingEnqueueResult); break;
            case QueueReply.Drained r: Answer(call, new NodePendingDrainResult(node, r.Revision, [.. r.Items.Select(Item)], r.HasMore), ProtocolJson.Default.NodePendingDrainResult); break;
            case QueueReply.Pulled r: Answer(call, new NodePendingPullResult(node, [.. r.Actions.Select(Action)]), ProtocolJson.Default.NodePendingPullResult); break;
            case QueueReply.Acked r: Answer(call, new NodePendingAckResult(node, [.. r.Ids.Select(id => id.ToString())], r.Remaining), ProtocolJson.Default.NodePendingAckResult); break;
            case QueueReply.Refused r: Refuse(call, r.Code, r.Message); break;
            default: throw new ArgumentOutOfRangeException(nameof(reply), reply, "no such reply");
        }
    }

    private void Stopped(IActorRef queues)
    {
        foreach (var asked in _asked.TakeAll(queues))
        {
            Refuse(asked.Call, RefusalCode.JournalUnavailable, "the queues stopped before they answered");
        }
    }

    private static string? Problem(NodePendingEnqueueParams wanted) => wanted switch
    {
        { Type: not (NodePendingEnqueueParams.StatusRequest or NodePendingEnqueueParams.LocationRequest) } => "at $.type: status.request or location.request",
        { Priority: not (null or NodePendingEnqueueParams.Normal or NodePendingEnqueueParams.High) } => "at $.priority: normal or high",
        { ExpiresInMs: < NodePendingEnqueueParams.ShortestExpiryMs or > NodePendingEnqueueParams.LongestExpiryMs } =>
            $"at $.expiresInMs: {NodePendingEnqueueParams.ShortestExpiryMs} to {NodePendingEnqueueParams.LongestExpiryMs}",
        _ => null,
    };

    private static NodePendingItem Item(QueuedItem item) => new(
        item.Id, item.Type, item.High ? NodePendingEnqueueParams.High : NodePendingEnqueueParams.Normal, item.QueuedAt.ToUnixTimeMilliseconds(), item.ExpiresAt.ToUnixTimeMilliseconds());

    private static NodePendingAction Action(QueuedAction action) => new(action.Id, action.Command, action.ParamsJson, action.QueuedAt.ToUnixTimeMilliseconds());

    private sealed record Asked(MethodCall Call, DeviceId Node);
}
