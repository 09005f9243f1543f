using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Netclaw.Daemon.Examining;
using Netclaw.Daemon.Journal.Auditing;

namespace Netclaw.Daemon.Offline;

/// <summary>The results of the verbs, compiled ahead.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ConfigChecked))]
[JsonSerializable(typeof(ConfigShown))]
[JsonSerializable(typeof(AuthRotated))]
[JsonSerializable(typeof(JournalChecked))]
[JsonSerializable(typeof(JsonObject))]
[JsonSerializable(typeof(ExposureSeen))]
[JsonSerializable(typeof(TunnelSeen))]
[JsonSerializable(typeof(KeysSeen))]
[JsonSerializable(typeof(JournalSeen))]
[JsonSerializable(typeof(RuntimeSeen))]
internal sealed partial class OfflineJson : JsonSerializerContext
{
    /// <summary>Made for pipes and terminals, not for web pages.</summary>
    public static OfflineJson Readable { get; } = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });
}
