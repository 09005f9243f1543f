using System.Buffers;
using System.Text.Json;

namespace Netclaw.Protocol.Frames;

/// <summary>Writes the protocol's objects by hand: their shapes are another project's, and are not Netclaw's own types.</summary>
internal static class GatewayJson
{
    /// <summary>One object with the members that <paramref name="members"/> writes.</summary>
    public static JsonElement Write(Action<Utf8JsonWriter> members)
    {
        var bytes = new ArrayBufferWriter<byte>(1024);
        using (var writer = new Utf8JsonWriter(bytes))
        {
            writer.WriteStartObject();
            members(writer);
            writer.WriteEndObject();
        }

        return JsonElement.Parse(bytes.WrittenSpan);
    }

    public static void WriteNames(this Utf8JsonWriter writer, ReadOnlySpan<byte> name, IEnumerable<string> names)
    {
        writer.WriteStartArray(name);
        foreach (var text in names)
        {
            writer.WriteStringValue(text);
        }

        writer.WriteEndArray();
    }

    /// <summary>Left out when there is none: the protocol's texts are never empty.</summary>
    public static void WriteText(this Utf8JsonWriter writer, ReadOnlySpan<byte> name, string? text)
    {
        if (!string.IsNullOrEmpty(text))
        {
            writer.WriteString(name, text);
        }
    }

    public static void WriteVersion(this Utf8JsonWriter writer, StateVersion version)
    {
        writer.WriteStartObject("stateVersion"u8);
        writer.WriteNumber("presence"u8, version.Presence);
        writer.WriteNumber("health"u8, version.Health);
        writer.WriteEndObject();
    }

    public static void WriteTime(this Utf8JsonWriter writer, ReadOnlySpan<byte> name, long? milliseconds)
    {
        if (milliseconds is { } known)
        {
            writer.WriteNumber(name, known);
        }
    }
}
