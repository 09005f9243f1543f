using System.Text.Json.Serialization;

namespace Netclaw.Actors.Bootstrap;

/// <summary>How far this installation has come (recovery.md). Only ever moves forward.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<BootstrapPhase>))]
public enum BootstrapPhase
{
    [JsonStringEnumMemberName("not-started")] NotStarted,

    /// <summary>The host device is enrolled; no non-local start has succeeded yet.</summary>
    [JsonStringEnumMemberName("seeded")] Seeded,

    /// <summary>A non-local start has succeeded.</summary>
    [JsonStringEnumMemberName("completed")] Completed,
}
