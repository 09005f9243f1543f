using Akka.Actor;
using Netclaw.Actors.Nodes;
using Netclaw.Actors.Nodes.Invoking;
using Netclaw.Actors.Nodes.Queues;
using Netclaw.Protocol;

namespace Netclaw.Actors.Methods;

/// <summary>What a node cannot do in the background waits for it, durable, before its caller hears so (gateway-protocol.md 6.5).</summary>
internal sealed partial class InvokesHandler
{
    private const string OnlyInForeground = "NODE_BACKGROUND_UNAVAILABLE";

    private readonly Dictionary<long, Held> _held = [];
    private long _lastCommand;

    private bool TryQueue(InvokeRequest request, LiveNode node, NodeInvokeResultParams given, InvokeInput.Answered answer)
    {
        if (given is not { Ok: false, Error.Code: OnlyInForeground } || node.Device is not { } device || request.ParamsJson?.Length > QueuedAction.LongestParams || !parts.Health.IsHealthy)
        {
            return false;
        }

        var queues = parts.Queues();
        var id = ++_lastCommand;
        _held.Add(id, new Held(queues, answer, given.Error));
        Context.Watch(queues);
        queues.Tell(new QueueCommand.QueueAction(id, Now, device, new QueuedAction(QueuedId.New(), request.Command, Now, request.ParamsJson)));
        return true;
    }

    private void Queued(QueueReply reply)
    {
        if (_held.Remove(reply.CommandId, out var held))
        {
            Step(held.Answer with { Now = Now, Response = reply is QueueReply.ActionQueued ? InvokeRefusals.Queued(held.Error) : held.Answer.Response });
        }
    }

    private void QueuesStopped(IActorRef actor)
    {
        foreach (var (id, held) in _held.Where(each => each.Value.Queues.Equals(actor)).ToList())
        {
            _held.Remove(id);
            Step(held.Answer with { Now = Now });
        }
    }

    private sealed record Held(IActorRef Queues, InvokeInput.Answered Answer, NodeInvokeError? Error);
}
