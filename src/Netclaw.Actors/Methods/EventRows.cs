using Netclaw.Actors.Sessions;
using Netclaw.Protocol;

namespace Netclaw.Actors.Methods;

/// <summary>The events, in the order of docs/methods.md.</summary>
internal static class EventRows
{
    private static readonly ProtocolJson Json = ProtocolJson.Default;
    private static readonly SessionEventJson EventJson = SessionEventJson.Default;

    internal static readonly EventEntry[] All =
    [
        new(ConnectChallenge.EventName, Scope.None, Json.ConnectChallenge, "The first thing a client hears: the nonce to sign, and the gateway's own proof."),
        new(HelloOk.WelcomeEvent, Scope.None, Json.HelloOk, "A pairing request was approved: the connection is active."),
        new(Closing.EventName, Scope.None, Json.Closing, "Why the gateway closes the connection; the last event."),
        new(TickEvent.EventName, Scope.None, EventJson.TickEvent, "Every 30 seconds: the connection lives."),
        new(ShutdownEvent.EventName, Scope.None, EventJson.ShutdownEvent, "The gateway goes down; open calls may still finish."),
        new(PairingEvents.Requested, Scope.Pairing, Json.PendingPairing, "A device asks to be paired."),
        new(PairingEvents.Resolved, Scope.Pairing, EventJson.PairResolvedEvent, "A pairing request was approved or rejected."),
        new(PairingEvents.Changed, Scope.Pairing, EventJson.PairChangedEvent, "A device was renamed, or its scopes, token or key changed."),
    ];
}
