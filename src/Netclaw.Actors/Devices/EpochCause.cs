using System.Text.Json.Serialization;

namespace Netclaw.Actors.Devices;

/// <summary>Why a gateway's journal began to count anew.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<EpochCause>))]
public enum EpochCause
{
    /// <summary>A backup was put in place of the journal.</summary>
    [JsonStringEnumMemberName("restore")] Restore,

    /// <summary>The journal was given up, and every pairing with it.</summary>
    [JsonStringEnumMemberName("reset")] Reset,
}
