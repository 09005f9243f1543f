using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Netclaw.Actors.Devices;
using Netclaw.Actors.Methods;
using Netclaw.Actors.Trust;
using Netclaw.Protocol;

namespace Netclaw.Actors.Nodes.Invoking;

/// <summary>Whether a command may go to a node, and in which form (gateway-protocol.md 6.4). Fails closed.</summary>
internal static class InvokeRules
{
    private const string Run = "system.run";
    private const string Approvals = "system.execApprovals.";

    /// <summary>For the members around the parameters, and the frame around them.</summary>
    private const int Envelope = 4096;

    public static (InvokeRequest? Request, CallResponse? Refusal) Decide(NodeInvokeParams wanted, MethodCall call, NodeDirectory nodes, RegistrySnapshot? registry, InvokeId id)
    {
        if (Problem(wanted) is { } problem)
        {
            return Refused(CallResponse.Failure(MethodParams.Error(NodeInvokeParams.Method, problem)));
        }

        if (wanted.Command.StartsWith(Approvals, StringComparison.Ordinal))
        {
            return Refused(InvokeRefusals.NotAllowed(wanted.Command, "use exec.approvals.node.get and exec.approvals.node.set"));
        }

        var scope = CommandPolicy.NeededToInvoke(wanted.Command);
        if (!call.Principal.Scopes.Covers(scope))
        {
            return Refused(CallResponse.Failure(CallGate.MissingScope($"{NodeInvokeParams.Method} {InvokeRefusals.Shown(wanted.Command)}", scope)));
        }

        if (nodes.Find(wanted.NodeId) is not { } node)
        {
            return Refused(Absent(wanted.NodeId, registry));
        }

        if (nodes.Withheld(node, wanted.Command) is { } why)
        {
            return Refused(InvokeRefusals.NotAllowed(wanted.Command, why));
        }

        var given = wanted.Params is { ValueKind: not JsonValueKind.Undefined } element ? JsonMarshal.GetRawUtf8Value(element) : [];
        if (6L * given.Length + Envelope > Limits.MessageBytes)
        {
            return Refused(InvokeRefusals.Invalid($"params has {given.Length} bytes; as text in a message there is room for {(Limits.MessageBytes - Envelope) / 6}"));
        }

        var ms = wanted.TimeoutMs is null or 0 ? NodeInvokeParams.DefaultTimeoutMs : Math.Min(wanted.TimeoutMs.Value, NodeInvokeParams.LongestTimeoutMs);
        return (new InvokeRequest(
            id, CallerOf(call.Principal), new Waiter(call.Session, call.CallId), node.Id, node.Session.Id, wanted.Command, Digest(wanted.Command, given), wanted.IdempotencyKey,
            wanted.Params is { } parameters ? Text(wanted.Command, parameters, id) : null, TimeSpan.FromMilliseconds(ms)), null);
    }

    /// <summary>The same device, or the same user by the same way in.</summary>
    public static string CallerOf(Principal principal) => principal.Device is { } device ? device.ToString() : $"{principal.MethodName}:{principal.Run}:{principal.Name}";

    /// <summary>As the directory names nodes.</summary>
    public static string NodeIdOf(string text) => NodeName.TryRead(text, out var device) ? device.Hex : text;

    private static string? Problem(NodeInvokeParams wanted) => wanted switch
    {
        { NodeId: "" } => "at $.nodeId: the value is empty",
        { Command: "" or { Length: > NodeSurface.LongestName } } => $"at $.command: a command has 1 to {NodeSurface.LongestName} characters",
        { IdempotencyKey: "" or { Length: > NodeInvokeParams.LongestKey } } => $"at $.idempotencyKey: a key has 1 to {NodeInvokeParams.LongestKey} characters",
        { TimeoutMs: < 0 } => "at $.timeoutMs: the value is below 0",
        { Command: Run, Params: null or { ValueKind: not JsonValueKind.Object } } => $"at $.params: {Run} takes an object",
        _ => null,
    };

    /// <summary>Not paired is not the same as not there: the one takes an operator, the other time.</summary>
    private static CallResponse Absent(string nodeId, RegistrySnapshot? registry) =>
        NodeName.TryRead(nodeId, out var device) && registry?.Devices.GetValueOrDefault(device) is not { IsRevoked: false }
            ? InvokeRefusals.PairingChanged("node pairing changed: no paired node has this id")
            : InvokeRefusals.NotConnected(dispatched: false);

    private static string Digest(string command, ReadOnlySpan<byte> parameters)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes(command));
        hash.AppendData([0]);
        hash.AppendData(parameters);
        return Convert.ToHexString(hash.GetHashAndReset());
    }

    /// <summary>A run gets the gateway's name for it, whatever the caller wrote there.</summary>
    private static string Text(string command, JsonElement parameters, InvokeId id)
    {
        if (command != Run)
        {
            return parameters.GetRawText();
        }

        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            foreach (var member in parameters.EnumerateObject().Where(member => !member.NameEquals("runId"u8)))
            {
                member.WriteTo(writer);
            }

            writer.WriteString("runId"u8, id.ToString());
            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.GetBuffer().AsSpan(0, (int)buffer.Length));
    }

    private static (InvokeRequest?, CallResponse?) Refused(CallResponse response) => (null, response);
}
