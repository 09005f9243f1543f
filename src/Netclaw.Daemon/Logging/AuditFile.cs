using System.Text.Json;
using System.Text.Json.Serialization;
using Netclaw.Actors.Audit;

namespace Netclaw.Daemon.Logging;

/// <summary>logs/audit.jsonl: one JSON object per record.</summary>
public sealed class AuditFile(LineFile file) : IAuditLog
{
    public void Write(AuditRecord record) => file.Add(JsonSerializer.Serialize(record, AuditJson.Default.AuditRecord));
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(AuditRecord))]
internal sealed partial class AuditJson : JsonSerializerContext;
