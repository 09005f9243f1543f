using System.Text.Json;
using Netclaw.Protocol;
using Netclaw.Protocol.Frames;

namespace Netclaw.Actors.Nodes.Invoking;

/// <summary>How a command on a node can come to nothing, in the protocol's words (gateway-protocol.md 6.4) and Netclaw's codes.</summary>
internal static class InvokeRefusals
{
    /// <param name="dispatched">It was asked before it went: it may have done it.</param>
    public static CallResponse NotConnected(bool dispatched) => Of(
        RefusalCode.NodeNotConnected, dispatched ? "node not connected: it went before it answered, and may have done it" : "node not connected",
        new NodeInvokeDetails("NOT_CONNECTED", NodeError: new NodeInvokeError("NOT_CONNECTED", "node not connected"), NodeCommandDispatched: dispatched));

    public static CallResponse PairingChanged(string message) => Of(RefusalCode.NodeNotApproved, message, new NodeInvokeDetails("PAIRING_CHANGED"));

    public static CallResponse NotAllowed(string command, string why) =>
        Of(RefusalCode.NodeCommandNotAllowed, $"node command not allowed: {Shown(command)} ({why})", new NodeInvokeDetails(Reason: why, Command: Shown(command)));

    public static CallResponse Busy(string message) => Of(RefusalCode.NodeBusy, message, null, retryAfterMs: 1000);

    public static CallResponse Failed(string message, NodeInvokeError? error) => Of(RefusalCode.NodeFailed, message, new NodeInvokeDetails(NodeError: error));

    public static CallResponse TimedOut(TimeSpan after) => Of(
        RefusalCode.NodeInvokeTimedOut, $"the node did not answer within {(long)after.TotalMilliseconds} ms",
        new NodeInvokeDetails("TIMEOUT", NodeError: new NodeInvokeError("TIMEOUT", "node invoke timed out"), NodeCommandDispatched: true));

    public static CallResponse Cancelled() => Of(RefusalCode.NodeInvokeCancelled, "the invocation was given up by its caller", new NodeInvokeDetails("ABORTED"));

    public static CallResponse TooLarge(long bytes) => Of(
        RefusalCode.NodeResultTooLarge, $"the node answered with {bytes} bytes; one message holds {Limits.MessageBytes}", new NodeInvokeDetails(NodeCommandDispatched: true));

    public static CallResponse Queued(NodeInvokeError? error) => Of(
        RefusalCode.NodeActionQueued, "the node can do this only in the foreground; it fetches it when somebody opens it", new NodeInvokeDetails("QUEUED_UNTIL_FOREGROUND", NodeError: error));

    public static CallResponse Invalid(string message) => CallResponse.Failure(RefusalTable.Error(RefusalCode.InvalidRequest, message));

    /// <summary>Names come from clients: they go into answers and logs no longer than this.</summary>
    public static string Shown(string name) => name.Length <= 64 ? name : name[..64] + "...";

    private static CallResponse Of(RefusalCode code, string message, NodeInvokeDetails? details, int? retryAfterMs = null) => CallResponse.Failure(RefusalTable.Error(
        code, message, retryAfterMs: retryAfterMs, details: details is null ? null : JsonSerializer.SerializeToElement(details, GatewayDetailsJson.Default.NodeInvokeDetails)));
}
