using System.Text.Json;
using System.Text.Unicode;

namespace Netclaw.Protocol.Frames;

/// <summary>What one message from a protocol client is (gateway-protocol.md section 1). Closed.</summary>
public abstract record FrameReading
{
    private const int LongestTrace = 128;

    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = 64, AllowDuplicateProperties = false };

    private FrameReading()
    {
    }

    /// <param name="Id">The client's own; opaque, answered as it came.</param>
    public sealed record Request(string Id, string Method, JsonElement Params) : FrameReading;

    /// <summary>JSON, and no request.</summary>
    /// <param name="Id">Where one could be made out.</param>
    public sealed record NoRequest(string? Id, string Problem) : FrameReading;

    /// <summary>No JSON at all: invalid UTF-8, half a message, repeated names, too deep.</summary>
    public sealed record NoJson : FrameReading;

    /// <summary>Never throws for what a client sent.</summary>
    public static FrameReading Read(ReadOnlySpan<byte> message)
    {
        if (!Utf8.IsValid(message))
        {
            return new NoJson();
        }

        try
        {
            // First: a text with half a surrogate pair is well-formed as JSON, and no text; whoever reads it later would fall over it.
            ReadEscaped(message);
            return Read(JsonElement.Parse(message, Strict));
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return new NoJson();
        }
    }

    /// <exception cref="JsonException">It is no JSON.</exception>
    /// <exception cref="InvalidOperationException">A text in it is none.</exception>
    private static void ReadEscaped(ReadOnlySpan<byte> message)
    {
        if (message.IndexOf("\\u"u8) < 0)
        {
            return;
        }

        var reader = new Utf8JsonReader(message, new JsonReaderOptions { MaxDepth = Strict.MaxDepth });
        while (reader.Read())
        {
            if (reader is { TokenType: JsonTokenType.String or JsonTokenType.PropertyName, ValueIsEscaped: true })
            {
                _ = reader.GetString();
            }
        }
    }

    private static FrameReading Read(JsonElement frame)
    {
        if (frame.ValueKind != JsonValueKind.Object)
        {
            return new NoRequest(null, "at root: must be an object");
        }

        string? type = null, id = null, method = null, problem = null;
        JsonElement parameters = default;
        foreach (var member in frame.EnumerateObject())
        {
            switch (member.Name)
            {
                case "type": type = Text(member.Value); break;
                case "id": id = Text(member.Value); break;
                case "method": method = Text(member.Value); break;
                case "params": parameters = member.Value; break;
                case "traceparent" when Text(member.Value) is { Length: <= LongestTrace }: break;
                case "expectedProfileId" when member.Value.ValueKind == JsonValueKind.String: break;
                case "traceparent" or "expectedProfileId": problem ??= $"at /{member.Name}: must be a text of the expected length"; break;
                default: problem ??= $"at root: unexpected property '{Shown(member.Name)}'"; break;
            }
        }

        problem ??= type != "req" ? "at /type: must be equal to constant" : id is null ? "at /id: must be a text" : method is null ? "at /method: must be a text" : null;
        return problem is null ? new Request(id!, method!, parameters) : new NoRequest(id, problem);
    }

    private static string? Text(JsonElement value) => value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 } text ? text : null;

    private static string Shown(string name) => name.Length <= 64 ? name : name[..64] + "...";
}
