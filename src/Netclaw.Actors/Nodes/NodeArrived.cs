using Netclaw.Protocol;

namespace Netclaw.Actors.Nodes;

/// <summary>From a session to the handler of nodes: a node with a key of its own is let in. What it offers stands in the session's state; nobody waits for an answer.</summary>
internal sealed record NodeArrived(SessionId Session);
