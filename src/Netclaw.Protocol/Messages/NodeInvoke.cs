using System.Text.Json;
using System.Text.Json.Serialization;

namespace Netclaw.Protocol;

/// <summary>Method <c>node.invoke</c> (gateway-protocol.md 6.4): a node runs one of the commands it lends.</summary>
/// <param name="NodeId">As <c>node.list</c> names it: the hex id of its device.</param>
/// <param name="IdempotencyKey">The same key of the same caller is one invocation: while it is open the call joins it, and for some minutes after it gets the same answer.</param>
public sealed record NodeInvokeParams(string NodeId, string Command, string IdempotencyKey)
{
    public const string Method = "node.invoke";
    public const int LongestKey = 256;
    public const int DefaultTimeoutMs = 30_000;

    /// <summary>More than this is taken as this.</summary>
    public const int LongestTimeoutMs = 600_000;

    /// <summary>Whatever the command takes.</summary>
    public JsonElement? Params { get; init; }

    /// <summary>0 or left out: <see cref="DefaultTimeoutMs"/>.</summary>
    public long? TimeoutMs { get; init; }
}

/// <param name="NodeId">The node that answered.</param>
public sealed record NodeInvokeResult(bool Ok, string NodeId, string Command)
{
    /// <summary>What the node answered; left out when it answered nothing.</summary>
    public JsonElement? Payload { get; init; }

    /// <summary>The same as text; left out where both together would be more than one message holds.</summary>
    [JsonPropertyName("payloadJSON")]
    public string? PayloadJson { get; init; }
}

/// <summary>Event <c>node.invoke.request</c>, to the one node.</summary>
public sealed record NodeInvokeRequestEvent(string Id, string NodeId, string Command)
{
    public const string EventName = "node.invoke.request";

    /// <summary>The parameters, as JSON in a text.</summary>
    [JsonPropertyName("paramsJSON")]
    public string? ParamsJson { get; init; }

    public long? TimeoutMs { get; init; }
    public string? IdempotencyKey { get; init; }
}

/// <summary>Method <c>node.invoke.result</c>, of the node that was asked.</summary>
public sealed record NodeInvokeResultParams(string Id, string NodeId, bool Ok)
{
    public const string Method = "node.invoke.result";

    public JsonElement? Payload { get; init; }

    /// <summary>JSON in a text; goes before <see cref="Payload"/>.</summary>
    [JsonPropertyName("payloadJSON")]
    public string? PayloadJson { get; init; }

    public NodeInvokeError? Error { get; init; }
}

/// <summary>What went wrong on the node, in its own words.</summary>
public sealed record NodeInvokeError(string? Code = null, string? Message = null);

/// <summary>Method <c>node.invoke.progress</c>, of the node that was asked; event of the same name, to whoever waits for its answer.</summary>
/// <param name="Seq">From 0, rising; what comes again is passed over.</param>
/// <param name="Chunk">At most <see cref="LongestChunk"/> characters.</param>
public sealed record NodeInvokeProgress(string InvokeId, string NodeId, long Seq, string Chunk)
{
    public const string Method = "node.invoke.progress";
    public const int LongestChunk = 16 * 1024;

    /// <summary>In the event: the caller's own key, by which it tells its invocations apart.</summary>
    public string? IdempotencyKey { get; init; }
}

/// <summary>Method <c>node.invoke.input</c>: more input for the caller's own open invocation.</summary>
/// <param name="IdempotencyKey">Of the invocation.</param>
/// <param name="PayloadJson">JSON in a text, at most <see cref="NodeInvokeProgress.LongestChunk"/> characters.</param>
public sealed record NodeInvokeInputParams(string NodeId, string IdempotencyKey, long Seq, [property: JsonPropertyName("payloadJSON")] string PayloadJson)
{
    public const string Method = "node.invoke.input";
}

/// <summary>Event <c>node.invoke.input</c>, to the one node.</summary>
public sealed record NodeInvokeInputEvent(string Id, string NodeId, long Seq, [property: JsonPropertyName("payloadJSON")] string PayloadJson);

/// <summary>Method <c>node.invoke.cancel</c>: the caller's own open invocation is given up.</summary>
/// <param name="IdempotencyKey">Of the invocation.</param>
public sealed record NodeInvokeCancelParams(string NodeId, string IdempotencyKey)
{
    public const string Method = "node.invoke.cancel";
}

/// <summary>Event <c>node.invoke.cancel</c>, to the one node: nobody waits for the answer any more.</summary>
public sealed record NodeInvokeCancelEvent(string InvokeId, string NodeId);

/// <summary>Answers calls that have nothing to tell.</summary>
public sealed record NodeCallResult(bool Ok);
