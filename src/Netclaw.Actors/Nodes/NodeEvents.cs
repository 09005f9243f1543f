using System.Text.Json;
using Akka.Actor;
using Netclaw.Actors.Sessions;
using Netclaw.Protocol;

namespace Netclaw.Actors.Nodes;

/// <summary>What operators with the pairing scope hear about surfaces, and what the node itself does.</summary>
internal static class NodeEvents
{
    public static SessionInput.EventPublished Request(DateTimeOffset now, PendingNode pending) =>
        new(now, PendingNode.Requested, JsonSerializer.SerializeToElement(pending, ProtocolJson.Default.PendingNode), Scope.Pairing);

    /// <param name="toNode">Whether the node hears it too: of what it asks for no more it does not.</param>
    public static void Resolve(LiveSessions live, DateTimeOffset now, DeviceId node, PairingRequestId? request, string decision, bool toNode = true)
    {
        var payload = JsonSerializer.SerializeToElement(new NodePairResolved(node.Hex, decision, now.ToUnixTimeMilliseconds(), request), ProtocolJson.Default.NodePairResolved);
        SessionBroadcast.Tell(live, new SessionInput.EventPublished(now, NodePairResolved.EventName, payload, Scope.Pairing));
        foreach (var session in live.ForDevice(node).Where(session => toNode && session.State is SessionState.Active { Principal.Role: Role.Node }))
        {
            session.Actor.Tell(new SessionInput.EventAddressed(now, NodePairResolved.EventName, payload), ActorRefs.NoSender);
        }
    }
}
