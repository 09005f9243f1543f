using System.Text.Json;
using System.Text.Json.Serialization;

namespace Netclaw.Protocol;

/// <summary>What a connection wants to be. A role is asked for, never proof of anything.</summary>
[JsonConverter(typeof(RoleJsonConverter))]
public enum Role
{
    Operator,
    Node,
}

/// <summary><c>operator</c> or <c>node</c>.</summary>
public sealed class RoleJsonConverter : JsonConverter<Role>
{
    public override Role Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => WireName.Read(ref reader) switch
    {
        "operator" => Role.Operator,
        "node" => Role.Node,
        _ => throw WireName.Unknown("role"),
    };

    public override void Write(Utf8JsonWriter writer, Role value, JsonSerializerOptions options) =>
        writer.WriteStringValue(NativeTranscript.RoleText(value));
}
