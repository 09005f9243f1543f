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

    private readonly OpenQuestions<Held> _held = new();

    private bool TryQueue(InvokeRequest request, LiveNode node, NodeInvokeResultParams given, InvokeInput.Answered answer)
    {
        if (given is not { Ok: false, Error.Code: OnlyInForeground } || node.Device is not { } device || request.ParamsJson?.Length > QueuedAction.LongestParams || !parts.Health.IsHealthy)
        {
            return false;
        }

        _held.Ask(Context, parts.Queues(), new Held(answer, given.Error), id =>
            new QueueCommand.QueueAction(id, Now, device, new QueuedAction(QueuedId.New(), request.Command, Now, request.ParamsJson)));
        return true;
    }

    private void Queued(QueueReply reply)
    {
        if (_held.TryTake(reply.CommandId, out var held))
        {
            Step(held.Answer with { Now = Now, Response = reply is QueueReply.ActionQueued ? InvokeRefusals.Queued(held.Error) : held.Answer.Response });
        }
    }

    private void QueuesStopped(IActorRef actor)
    {
        foreach (var held in _held.TakeAll(actor))
        {
            Step(held.Answer with { Now = Now });
        }
    }

    private sealed record Held(InvokeInput.Answered Answer, NodeInvokeError? Error);
}
