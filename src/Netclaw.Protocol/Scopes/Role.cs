using System.Text.Json.Serialization;

namespace Netclaw.Protocol;

/// <summary>What a connection wants to be. A role is asked for, never proof of anything.</summary>
[JsonConverter(typeof(WireNameConverter<Role>))]
public enum Role
{
    [JsonStringEnumMemberName("operator")] Operator,
    [JsonStringEnumMemberName("node")] Node,
}
