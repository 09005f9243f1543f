using Netclaw.Actors.Sessions;
using Netclaw.Protocol;

namespace Netclaw.Actors.Methods;

/// <summary>The events, in the order of docs/methods.md.</summary>
internal static class EventRows
{
    internal static readonly EventEntry[] All =
    [
        new(ConnectChallenge.EventName, Scope.None, typeof(ConnectChallenge), "The first thing a client hears: the nonce to sign, and the gateway's own proof."),
        new(HelloOk.WelcomeEvent, Scope.None, typeof(HelloOk), "A pairing request was approved: the connection is active."),
        new(Closing.EventName, Scope.None, typeof(Closing), "Why the gateway closes the connection; the last event."),
        new(TickEvent.EventName, Scope.None, typeof(TickEvent), "Every 30 seconds: the connection lives."),
        new(ShutdownEvent.EventName, Scope.None, typeof(ShutdownEvent), "The gateway goes down; open calls may still finish."),
        new(PresenceEvent.EventName, Scope.Read, typeof(PresenceEvent), "Somebody who stays came or went: who is there now, the latest of them."),
        new(HealthResult.EventName, Scope.None, typeof(HealthResult), "Every minute: how the gateway is."),
        new(PairingEvents.Requested, Scope.Pairing, typeof(PendingPairing), "A device asks to be paired."),
        new(PairingEvents.Resolved, Scope.Pairing, typeof(PairResolvedEvent), "A pairing request was approved or rejected."),
        new(SetupCompletion.EventName, Scope.Pairing, typeof(SetupCompletion), "A device has used a setup code."),
        new(PairingEvents.Changed, Scope.Pairing, typeof(PairChangedEvent), "A device was renamed, or its scopes, token or key changed."),
        .. SurfaceMethodRows.Events,
        new(NodeInvokeRequestEvent.EventName, Scope.None, typeof(NodeInvokeRequestEvent), "The node is asked to run a command.", Role.Node),
        new(NodeInvokeInputParams.Method, Scope.None, typeof(NodeInvokeInputEvent), "More input for a command that the node runs.", Role.Node),
        new(NodeInvokeCancelParams.Method, Scope.None, typeof(NodeInvokeCancelEvent), "Nobody waits for a command any more; the node ends it.", Role.Node),
        new(NodeInvokeProgress.Method, Scope.Write, typeof(NodeInvokeProgress), "How far the caller's own invocation is."),
        .. ApprovalRows.Events,
        .. ConversationRows.Events,
        .. RunMethodRows.Events,
        new(CronJobEvent.EventName, Scope.Read, typeof(CronJobEvent), "A job was added, changed, removed or disabled, or a run of it began or ended."),
    ];
}
