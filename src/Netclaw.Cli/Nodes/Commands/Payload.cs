using System.Buffers;
using System.Text.Json;

namespace Netclaw.Cli.Nodes.Commands;

/// <summary>What a command answers: one JSON object.</summary>
internal static class Payload
{
    /// <param name="members">Writes the object's members.</param>
    public static NodeAnswer Of(Action<Utf8JsonWriter> members)
    {
        var bytes = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(bytes))
        {
            writer.WriteStartObject();
            members(writer);
            writer.WriteEndObject();
        }

        var reader = new Utf8JsonReader(bytes.WrittenSpan);
        return new NodeAnswer.Done(JsonElement.ParseValue(ref reader));
    }
}
