using System.Buffers;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace Netclaw.Protocol.Frames;

/// <summary>The frames a gateway sends, as UTF-8 JSON. Payloads are written as they are: whoever made one made it whole.</summary>
public static class FrameWriter
{
    private static readonly JsonWriterOptions Plain = new() { SkipValidation = true };

    /// <param name="sequence">Of broadcasts, counted per connection from 1; null for what is said to this client alone.</param>
    /// <param name="version">Of presence and health, where the event speaks of one of them.</param>
    public static ReadOnlyMemory<byte> Event(string name, JsonElement payload, long? sequence, StateVersion? version = null) => Write(writer =>
    {
        writer.WriteString("type"u8, "event"u8);
        writer.WriteString("event"u8, name);
        Raw(writer, "payload"u8, payload);
        if (version is { } speaksOf)
        {
            writer.WriteVersion(speaksOf);
        }

        if (sequence is { } number)
        {
            writer.WriteNumber("seq"u8, number);
        }
    });

    public static ReadOnlyMemory<byte> Result(string id, JsonElement? payload) => Write(writer =>
    {
        Head(writer, id, ok: true);
        if (payload is { ValueKind: not JsonValueKind.Undefined } element)
        {
            Raw(writer, "payload"u8, element);
        }
    });

    public static ReadOnlyMemory<byte> Error(string id, GatewayError error) => Write(writer =>
    {
        Head(writer, id, ok: false);
        writer.WritePropertyName("error"u8);
        JsonSerializer.Serialize(writer, error, GatewayErrorJson.Default.GatewayError);
    });

    private static void Head(Utf8JsonWriter writer, string id, bool ok)
    {
        writer.WriteString("type"u8, "res"u8);
        writer.WriteString("id"u8, id);
        writer.WriteBoolean("ok"u8, ok);
    }

    private static void Raw(Utf8JsonWriter writer, ReadOnlySpan<byte> name, JsonElement value)
    {
        writer.WritePropertyName(name);
        writer.WriteRawValue(JsonMarshal.GetRawUtf8Value(value), skipInputValidation: true);
    }

    private static ReadOnlyMemory<byte> Write(Action<Utf8JsonWriter> members)
    {
        var bytes = new ArrayBufferWriter<byte>(256);
        using var writer = new Utf8JsonWriter(bytes, Plain);
        writer.WriteStartObject();
        members(writer);
        writer.WriteEndObject();
        writer.Flush();
        return bytes.WrittenMemory;
    }
}
