using System.Text.Json.Serialization;

namespace Netclaw.Actors.Pairing;

/// <summary>Why a pending request was thrown out without anybody deciding it.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<DropCause>))]
public enum DropCause
{
    /// <summary>Too many wait already, and its address has the most.</summary>
    [JsonStringEnumMemberName("crowded-out")] CrowdedOut,

    /// <summary>The device was revoked while it asked for more.</summary>
    [JsonStringEnumMemberName("device-revoked")] DeviceRevoked,
}
