using System.Text.Json;
using System.Text.Json.Nodes;
using Netclaw.Protocol;

namespace Netclaw.Actors.Agents.Tools;

/// <summary>Adds, lists and removes scheduled jobs. What an agent adds speaks in its own conversation; what it removes must speak there, too, and have been added for whom it acts for.</summary>
internal sealed class CronTool() : GatewayTool(
    ToolNames.Cron, "Scheduled jobs: add one that reminds (text said in this conversation) or asks you (a turn of yours in it), list them, or remove one that you added.",
    """
    {"type":"object","properties":{
      "action":{"type":"string","enum":["add","list","remove"]},
      "id":{"type":"string","description":"Which one to remove."},
      "name":{"type":"string"},
      "kind":{"type":"string","enum":["reminder","turn"],"description":"Left out: reminder."},
      "message":{"type":"string"},
      "at":{"type":"string","description":"Once: ISO 8601 with an offset."},
      "everySeconds":{"type":"integer","minimum":1},
      "cron":{"type":"string","description":"5 or 6 fields."},
      "timeZone":{"type":"string","description":"IANA name, with cron."}},"required":["action"],"additionalProperties":false}
    """,
    Add, List, Get, Remove)
{
    private const string Add = "cron.add";
    private const string List = "cron.list";
    private const string Get = "cron.get";
    private const string Remove = "cron.remove";
    private const int LongestName = 60;

    public override Task<ToolAnswer> CallAsync(ToolUse use) => use.Text("action") switch
    {
        "add" => AddAsync(use),
        "list" => use.AnswerAsync(List, []),
        "remove" => RemoveAsync(use),
        _ => Task.FromResult(ToolUse.Wrong("action is add, list or remove")),
    };

    private static async Task<ToolAnswer> AddAsync(ToolUse use)
    {
        if (use.Text("timeZone") is not null && use.Text("cron") is null)
        {
            return ToolUse.Wrong("timeZone goes with cron alone; with at, write the offset: 2030-01-31T09:00:00-05:00");
        }

        if (use.Text("message") is not { } message || Schedule(use) is not { } schedule)
        {
            return ToolUse.Wrong("message and one of at, everySeconds and cron have to be given");
        }

        return await use.AnswerAsync(Add, new JsonObject
        {
            ["name"] = use.Text("name") ?? TextCut.To(message, LongestName),
            ["schedule"] = schedule,
            ["sessionTarget"] = PlaceOf(use),
            ["wakeMode"] = "now",
            ["payload"] = use.Text("kind") == "turn"
                ? new JsonObject { ["kind"] = "agentTurn", ["message"] = message }
                : new JsonObject { ["kind"] = "systemEvent", ["text"] = message },
        });
    }

    private static JsonObject? Schedule(ToolUse use) => (use.Text("at"), use.Argument("everySeconds"), use.Text("cron")) switch
    {
        ({ } at, null, null) => new JsonObject { ["kind"] = "at", ["at"] = at },
        (null, { ValueKind: JsonValueKind.Number } every, null) when every.TryGetInt32(out var seconds) => new JsonObject { ["kind"] = "every", ["everyMs"] = seconds * 1000L },
        (null, null, { } cron) => use.Text("timeZone") is { } zone
            ? new JsonObject { ["kind"] = "cron", ["expr"] = cron, ["tz"] = zone }
            : new JsonObject { ["kind"] = "cron", ["expr"] = cron },
        _ => null,
    };

    private static async Task<ToolAnswer> RemoveAsync(ToolUse use)
    {
        if (use.Text("id") is not { } id)
        {
            return ToolUse.Wrong("id has to be given");
        }

        var job = await use.CallAsync(Get, new JsonObject { ["id"] = id });
        return !job.Ok ? ToolUse.Told(job)
            : TextAt(job.Payload, "netclaw", "owner") != use.Turn.Grant.Subject || TextAt(job.Payload, "sessionTarget") != PlaceOf(use) ? ToolUse.Wrong("this job was not added here; you remove only what you added in this conversation")
            : await use.AnswerAsync(Remove, new JsonObject { ["id"] = id });
    }

    private static string PlaceOf(ToolUse use) => $"session:{use.Turn.Conversation}";

    private static string? TextAt(JsonElement? job, params ReadOnlySpan<string> path)
    {
        foreach (var name in path)
        {
            job = job is { ValueKind: JsonValueKind.Object } shown && shown.TryGetProperty(name, out var inside) ? inside : null;
        }

        return job is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;
    }
}
