using System.Text.Json;
using System.Text.Json.Serialization;

namespace Netclaw.Protocol;

/// <summary>An id that is a type: parsed once at the edge, never a bare string inside.</summary>
public interface IId<TSelf> where TSelf : struct, IId<TSelf>
{
    static abstract bool TryParse(string? text, out TSelf id);
}

/// <summary>Ids travel as their text; malformed text is a JSON error, never a default id.</summary>
public sealed class IdJsonConverter<T> : JsonConverter<T> where T : struct, IId<T>
{
    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String && T.TryParse(reader.GetString(), out var id)
            ? id
            : throw new JsonException($"not a well-formed {typeof(T).Name}");

    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.ToString());

    public override T ReadAsPropertyName(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        T.TryParse(reader.GetString(), out var id) ? id : throw new JsonException($"not a well-formed {typeof(T).Name}");

    public override void WriteAsPropertyName(Utf8JsonWriter writer, T value, JsonSerializerOptions options) =>
        writer.WritePropertyName(value.ToString()!);
}
