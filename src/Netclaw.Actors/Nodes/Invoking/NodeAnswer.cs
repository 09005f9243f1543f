using System.Runtime.InteropServices;
using System.Text.Json;
using Netclaw.Protocol;

namespace Netclaw.Actors.Nodes.Invoking;

/// <summary>A node's answer as its caller gets it: read within bounds, and no larger than a message. Pure.</summary>
internal static class NodeAnswer
{
    /// <summary>The answer around it stands within what clients read.</summary>
    public const int MostDepth = 24;

    /// <summary>For the frame around an answer.</summary>
    private const int Envelope = 1024;

    private static readonly JsonDocumentOptions Form = new() { MaxDepth = MostDepth };

    /// <param name="mostBytes">Of a message to the caller.</param>
    /// <returns>The answer, and about how long it is.</returns>
    public static (CallResponse Response, int Bytes) Of(InvokeRequest request, NodeInvokeResultParams given, int mostBytes = Limits.MessageBytes)
    {
        if (!given.Ok)
        {
            var error = new NodeInvokeError(Short(given.Error?.Code, 128), Short(given.Error?.Message, 4096));
            return (InvokeRefusals.Failed(error.Message ?? "the node could not do it", error), 0);
        }

        if (!TryParse(given, out var payload, out var problem))
        {
            return (InvokeRefusals.Failed(problem, null), 0);
        }

        // As text it is at least as long again, so what is more than half a message is not tried.
        var text = given.PayloadJson ?? payload?.GetRawText();
        if (text is not null && 2L * text.Length + Envelope <= mostBytes && Fits(new NodeInvokeResult(true, request.Node, request.Command) { Payload = payload, PayloadJson = text }) is { } both)
        {
            return both;
        }

        return Fits(new NodeInvokeResult(true, request.Node, request.Command) { Payload = payload }) ?? (InvokeRefusals.TooLarge(text?.Length ?? 0), 0);

        (CallResponse, int)? Fits(NodeInvokeResult result)
        {
            var element = JsonSerializer.SerializeToElement(result, ProtocolJson.Default.NodeInvokeResult);
            var bytes = JsonMarshal.GetRawUtf8Value(element).Length;
            return bytes + Envelope <= mostBytes ? (CallResponse.Success(element), bytes) : null;
        }
    }

    /// <summary>Text first: it is what node hosts send.</summary>
    public static bool TryParse(NodeInvokeResultParams given, out JsonElement? payload, out string problem) => TryParse(given.Payload, given.PayloadJson, out payload, out problem);

    /// <param name="problem">Empty when there is none.</param>
    public static bool TryParse(JsonElement? given, string? text, out JsonElement? payload, out string problem)
    {
        (payload, problem) = (null, "");
        try
        {
            if (text is not null)
            {
                payload = JsonElement.Parse(text, Form);
            }
            else if (given is { ValueKind: not JsonValueKind.Undefined } element)
            {
                payload = JsonElement.Parse(JsonMarshal.GetRawUtf8Value(element), Form);
            }

            return true;
        }
        catch (JsonException)
        {
            problem = $"the node sent what is no JSON, or is nested more than {MostDepth} deep";
            return false;
        }
    }

    private static string? Short(string? text, int most) => text is null || text.Length <= most ? text : text[..most] + "...";
}
