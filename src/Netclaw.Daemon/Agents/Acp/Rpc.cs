using System.Text.Json;
using System.Text.Json.Nodes;

namespace Netclaw.Daemon.Agents.Acp;

/// <summary>The messages of JSON-RPC 2.0.</summary>
internal static class Rpc
{
    public const int InvalidParams = -32602;
    public const int MethodNotFound = -32601;
    public const int InternalError = -32603;

    /// <summary>Of the Agent Client Protocol: the agent wants to be logged in first.</summary>
    public const int AuthenticationRequired = -32000;

    /// <summary>Of the Agent Client Protocol: no such file.</summary>
    public const int NotFound = -32002;

    public static JsonObject Request(long id, string method, JsonObject parameters) => new() { ["jsonrpc"] = "2.0", ["id"] = id, ["method"] = method, ["params"] = parameters };

    public static JsonObject Notification(string method, JsonObject parameters) => new() { ["jsonrpc"] = "2.0", ["method"] = method, ["params"] = parameters };

    public static JsonObject Answer(JsonElement id, JsonNode? result) => new() { ["jsonrpc"] = "2.0", ["id"] = JsonNode.Parse(id.GetRawText()), ["result"] = result };

    public static JsonObject Refusal(JsonElement id, RpcException refused) => new()
    {
        ["jsonrpc"] = "2.0", ["id"] = JsonNode.Parse(id.GetRawText()), ["error"] = new JsonObject { ["code"] = refused.Code, ["message"] = refused.Message },
    };

    /// <summary>The text of a member; null where there is none.</summary>
    public static string? Text(this JsonElement element, string name) =>
        element.Member(name) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;

    /// <summary>A member, if <paramref name="element"/> is an object that has it.</summary>
    public static JsonElement? Member(this JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var member) && member.ValueKind is not (JsonValueKind.Null or JsonValueKind.Undefined) ? member : null;
}

/// <summary>A request was answered with an error, or is to be.</summary>
internal sealed class RpcException(int code, string message) : Exception(message)
{
    public int Code { get; } = code;
}
