using System.Runtime.InteropServices;
using System.Text.Json;
using Netclaw.Protocol;

namespace Netclaw.Actors.Nodes.Invoking;

/// <summary>A node's answer as its caller gets it: read within bounds, and no larger than a message. Pure.</summary>
internal static class NodeAnswer
{
    /// <summary>The answer around it stands within what clients read.</summary>
    public const int MostDepth = 24;

    /// <summary>For the members around a payload, and the frame around them.</summary>
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

        var length = payload is { } element ? JsonMarshal.GetRawUtf8Value(element).Length : 0;
        if (length + Envelope > mostBytes)
        {
            return (InvokeRefusals.TooLarge(length), 0);
        }

        // As text it is about as long again, and longer by each quote in it.
        var text = payload is null ? null : given.PayloadJson ?? payload.Value.GetRawText();
        var twice = text is not null && length + Escaped(text) + Envelope <= mostBytes;
        var result = new NodeInvokeResult(true, request.Node, request.Command) { Payload = payload, PayloadJson = twice ? text : null };
        return (CallResponse.Success(JsonSerializer.SerializeToElement(result, ProtocolJson.Default.NodeInvokeResult)), twice ? length + text!.Length : length);
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

    /// <summary>The serializer writes everything but plain ASCII as six bytes.</summary>
    private static int Escaped(string text) => text.Length + 5 * text.Count(symbol => symbol is < ' ' or > '~' or '"' or '\\' or '<' or '>' or '&' or '\'' or '+' or '`');

    private static string? Short(string? text, int most) => text is null || text.Length <= most ? text : text[..most] + "...";
}
