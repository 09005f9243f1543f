using System.Text.Json;
using System.Text.Json.Nodes;
using Netclaw.Protocol;

namespace Netclaw.Actors.Cron;

/// <summary>
/// A change of a definition as RFC 7396 has it: what is named takes the place of what was, null takes it away. Another kind of schedule, payload or delivery replaces the former
/// whole, since they share no members. Pure.
/// </summary>
public static class CronPatch
{
    private static readonly (string Member, string Kind)[] Unions = [("schedule", "kind"), ("payload", "kind"), ("delivery", "mode")];

    /// <returns>What <c>cron.add</c> would be given for the job as it then is.</returns>
    public static JsonElement Apply(CronJobSpec spec, JsonElement patch)
    {
        var target = JsonSerializer.SerializeToNode(spec, ProtocolJson.Default.CronJobSpec)!.AsObject();
        foreach (var (member, value) in JsonObject.Create(patch)!)
        {
            var whole = Array.Find(Unions, union => union.Member == member) is { Kind: { } kind } && target[member] is JsonObject former
                && value is JsonObject given && given[kind] is { } named && !JsonNode.DeepEquals(named, former[kind]);
            Set(target, member, value, whole);
        }

        return JsonSerializer.SerializeToElement(target, JsonNodeJson.Default.JsonObject);
    }

    private static void Set(JsonObject target, string member, JsonNode? value, bool whole)
    {
        if (value is null)
        {
            target.Remove(member);
        }
        else if (!whole && value is JsonObject change && target[member] is JsonObject former)
        {
            foreach (var (inner, innerValue) in change)
            {
                Set(former, inner, innerValue, false);
            }
        }
        else
        {
            target[member] = value.DeepClone();
        }
    }
}

[System.Text.Json.Serialization.JsonSerializable(typeof(JsonObject))]
internal sealed partial class JsonNodeJson : System.Text.Json.Serialization.JsonSerializerContext;
