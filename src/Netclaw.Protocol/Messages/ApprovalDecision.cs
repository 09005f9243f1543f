using System.Text.Json;
using System.Text.Json.Serialization;

namespace Netclaw.Protocol;

/// <summary>What an operator says to a question. Whatever was never set denies.</summary>
[JsonConverter(typeof(ApprovalDecisionJsonConverter))]
public enum ApprovalDecision
{
    Deny,
    AllowOnce,
    AllowAlways,
}

/// <summary><c>deny</c>, <c>allow-once</c> or <c>allow-always</c>.</summary>
public sealed class ApprovalDecisionJsonConverter : JsonConverter<ApprovalDecision>
{
    public override ApprovalDecision Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => WireName.Read(ref reader) switch
    {
        "deny" => ApprovalDecision.Deny,
        "allow-once" => ApprovalDecision.AllowOnce,
        "allow-always" => ApprovalDecision.AllowAlways,
        _ => throw WireName.Unknown("decision"),
    };

    public override void Write(Utf8JsonWriter writer, ApprovalDecision value, JsonSerializerOptions options) => writer.WriteStringValue(Text(value));

    public static string Text(ApprovalDecision decision) => decision switch
    {
        ApprovalDecision.Deny => "deny",
        ApprovalDecision.AllowOnce => "allow-once",
        ApprovalDecision.AllowAlways => "allow-always",
        _ => throw new ArgumentOutOfRangeException(nameof(decision), decision, "no such decision"),
    };
}
