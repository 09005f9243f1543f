using System.Text.Json.Nodes;
using Netclaw.Daemon.Tests.Gateway;
using Netclaw.Protocol;

namespace Netclaw.Daemon.Tests.Cron;

/// <summary><c>cron.*</c> and <c>wake</c> over real sockets, by either transport.</summary>
public sealed class CronMethodsTests(CronHost host) : IClassFixture<CronHost>
{
    private const string Yearly = """{"kind":"cron","expr":"0 9 1 1 *","tz":"Europe/Berlin"}""";
    private const string Reminder = """{"kind":"systemEvent","text":"tea is ready"}""";
    private const string Fails = """{"kind":"command","argv":["false"]}""";

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task AJob_IsAdded_Changed_Run_Listed_AndRemoved(bool native)
    {
        await using var peer = await Peer.OperatorAsync(host.Gateway, native);
        await using var heard = await Peer.OperatorAsync(host.Gateway, native);
        var added = await peer.GetAsync("cron.add", CronHost.Job(Yearly, Reminder, ",\"displayName\":\"every year\""));
        var id = added.GetProperty("id").GetString()!;
        Assert.Equal(("1", true), (added.GetProperty("configRevision").GetString(), added.GetProperty("enabled").GetBoolean()));
        Assert.Equal(id, (await CronHost.HearsAsync(heard, id, "added")).GetProperty("job").GetProperty("id").GetString());

        var patch = new JsonObject
        {
            ["name"] = "coffee", ["displayName"] = null, ["schedule"] = new JsonObject { ["kind"] = "cron", ["expr"] = "0 9 1 1 *", ["tz"] = "UTC" }, ["payload"] = new JsonObject { ["kind"] = "command", ["argv"] = new JsonArray("true") },
        };
        var changed = await peer.GetAsync("cron.update", new JsonObject { ["id"] = id, ["expectedConfigRevision"] = "1", ["patch"] = patch });
        Assert.Equal(("coffee", "UTC", "0 9 1 1 *", "2"), (
            changed.GetProperty("name").GetString(), changed.GetProperty("schedule").GetProperty("tz").GetString(), changed.GetProperty("schedule").GetProperty("expr").GetString(),
            changed.GetProperty("configRevision").GetString()));
        Assert.False(changed.TryGetProperty("displayName", out _) || changed.GetProperty("payload").TryGetProperty("text", out _));
        Assert.Equal("cron_job_changed", await peer.RefusedAsync("cron.update", new JsonObject { ["id"] = id, ["expectedConfigRevision"] = "1", ["patch"] = new JsonObject { ["name"] = "late" } }));

        var run = (await peer.GetAsync("cron.run", CronHost.Named(id))).GetProperty("runId").GetString();
        Assert.Equal(run, (await CronHost.HearsAsync(heard, id, "started")).GetProperty("runId").GetString());
        Assert.Equal("ok", (await CronHost.HearsAsync(heard, id, "finished")).GetProperty("status").GetString());
        var runs = await peer.GetAsync("cron.runs", CronHost.Named(id));
        Assert.Equal((run, 1, false, System.Text.Json.JsonValueKind.Null), (
            runs.GetProperty("entries")[0].GetProperty("runId").GetString(), runs.GetProperty("total").GetInt32(), runs.GetProperty("hasMore").GetBoolean(), runs.GetProperty("nextOffset").ValueKind));

        Assert.Contains(id, (await peer.GetAsync("cron.list")).GetRawText(), StringComparison.Ordinal);
        Assert.True((await peer.GetAsync("cron.remove", CronHost.Named(id))).GetProperty("removed").GetBoolean());
        await CronHost.HearsAsync(heard, id, "removed");
        Assert.Equal("cron_job_not_found", await peer.RefusedAsync("cron.get", CronHost.Named(id)));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task FailuresInARow_DisableTheJob_AndClientsHearOfIt(bool native)
    {
        await using var peer = await Peer.OperatorAsync(host.Gateway, native);
        await using var heard = await Peer.OperatorAsync(host.Gateway, native);
        await using var owner = await Peer.OperatorAsync(host.Gateway, native: true); // the protocol has no policy of jobs
        var id = (await owner.GetAsync("cron.add", CronHost.Job(Yearly, Fails, ",\"policy\":{\"disableAfter\":1}"))).GetProperty("id").GetString()!;

        await peer.GetAsync("cron.run", CronHost.Named(id));

        Assert.Equal("error", (await CronHost.HearsAsync(heard, id, "finished")).GetProperty("status").GetString());
        var off = (await CronHost.HearsAsync(heard, id, "disabled")).GetProperty("job");
        Assert.False(off.GetProperty("enabled").GetBoolean());
        var why = off.GetProperty("state").GetProperty("autoDisabled");
        Assert.Equal(("consecutive-failures", 1), (why.GetProperty("reason").GetString(), why.GetProperty("consecutiveErrors").GetInt32()));
        Assert.True((await peer.GetAsync("cron.update", new JsonObject { ["id"] = id, ["patch"] = new JsonObject { ["enabled"] = true } })).GetProperty("enabled").GetBoolean());
        await peer.GetAsync("cron.remove", CronHost.Named(id));
    }

    [Fact]
    public async Task AJobWhoseOnlyTimeIsJustPast_RunsAtOnce_WhenItIsEnabled()
    {
        await using var peer = await Peer.OperatorAsync(host.Gateway, native: true);
        await using var heard = await Peer.OperatorAsync(host.Gateway, native: true);
        var schedule = $$"""{"kind":"at","at":"{{DateTimeOffset.UtcNow:yyyy-MM-dd'T'HH:mm:ss.fff'Z'}}"}""";
        var id = (await peer.GetAsync("cron.add", CronHost.Job(schedule, Reminder, ",\"enabled\":false"))).GetProperty("id").GetString()!;

        await peer.GetAsync("cron.update", new JsonObject { ["id"] = id, ["patch"] = new JsonObject { ["enabled"] = true } });

        Assert.Equal("ok", (await CronHost.HearsAsync(heard, id, "finished")).GetProperty("status").GetString());
        await peer.GetAsync("cron.remove", CronHost.Named(id));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Wake_SaysItNow_ToWhoeverFollows(bool native)
    {
        await using var peer = await Peer.OperatorAsync(host.Gateway, native);
        await using var heard = await Peer.OperatorAsync(host.Gateway, native);
        var key = $"agent:main:wake-{(native ? "a" : "b")}";
        await heard.GetAsync("sessions.messages.subscribe", new JsonObject { ["key"] = key });

        Assert.True((await peer.GetAsync("wake", new JsonObject { ["mode"] = "now", ["text"] = "get up", ["sessionKey"] = key })).GetProperty("ok").GetBoolean());

        Assert.Contains("get up", (await heard.HearsAsync("session.message")).GetRawText(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"kind":"cron","expr":"61 * * * *"}""", Reminder, "", "cron_schedule_invalid", "$.schedule")]
    [InlineData("""{"kind":"cron","expr":"* * *"}""", Reminder, "", "cron_schedule_invalid", "five fields")]
    [InlineData("""{"kind":"cron","expr":"0 0 30 2 *"}""", Reminder, "", "cron_schedule_invalid", "No year has such a day")]
    [InlineData("""{"kind":"cron","expr":"0 9 * * *","tz":"Mars/Olympus"}""", Reminder, "", "cron_schedule_invalid", "Mars/Olympus")]
    [InlineData("""{"kind":"cron","expr":"0 9 * * *","tz":"../../etc/passwd"}""", Reminder, "", "cron_schedule_invalid", "IANA time zone")]
    [InlineData("""{"kind":"cron","expr":"0 9 * * *","staggerMs":8640000000000000}""", Reminder, "", "cron_schedule_invalid", "stagger")]
    [InlineData("""{"kind":"at","at":"2001-01-01T00:00:00Z"}""", Reminder, "", "cron_schedule_invalid", "$.schedule.at")]
    [InlineData("""{"kind":"at","at":"tomorrow"}""", Reminder, "", "cron_schedule_invalid", "tomorrow")]
    [InlineData("""{"kind":"at","at":"2999-01-01T09:00"}""", Reminder, "", "cron_schedule_invalid", "offset")]
    [InlineData("""{"kind":"every","everyMs":10}""", Reminder, "", "cron_schedule_invalid", "1000 ms")]
    [InlineData("""{"kind":"every","everyMs":60000,"expr":"* * * * *"}""", Reminder, "", "invalid_request", "$.schedule|/schedule")]
    [InlineData("""{"kind":"stream","command":["tail"]}""", Reminder, "", "invalid_request", "$.schedule|/schedule")]
    [InlineData("""{"kind":"every","everyMs":60000,"each":1}""", Reminder, "", "invalid_request", "$.schedule|/schedule")]
    [InlineData(Yearly, """{"kind":"script","script":"x"}""", "", "invalid_request", "$.payload|/payload")]
    [InlineData(Yearly, """{"kind":"command","argv":[]}""", "", "invalid_request", "$.payload|/payload")]
    [InlineData(Yearly, """{"kind":"command","argv":["true"],"cwd":"/no/such/place"}""", "", "directory_not_allowed", "$.payload.cwd")]
    [InlineData("""{"kind":"on-exit","command":"sleep 9","cwd":"/no/such/place"}""", Reminder, "", "directory_not_allowed", "$.schedule.cwd")]
    [InlineData("""{"kind":"on-exit","command":"sleep 9"}""", Reminder, ",\"policy\":{\"overlap\":\"queue\"}", "invalid_request", "$.policy.overlap|'policy'")]
    [InlineData(Yearly, """{"kind":"systemEvent","text":""}""", "", "invalid_request", "$.payload|/payload")]
    [InlineData(Yearly, Reminder, ",\"remindMe\":true", "invalid_request", "remindMe")]
    [InlineData(Yearly, Reminder, ",\"delivery\":{\"mode\":\"webhook\",\"to\":\"http://example.org/\"}", "invalid_request", "$.delivery.to")]
    [InlineData(Yearly, Reminder, ",\"delivery\":{\"mode\":\"webhook\"}", "invalid_request", "$.delivery.to|'to'")]
    [InlineData(Yearly, Reminder, ",\"policy\":{\"overlap\":\"maybe\"}", "invalid_request", "$.policy.overlap|'policy'")]
    [InlineData(Yearly, Reminder, ",\"agentId\":\"No Such\"", "invalid_request", "$.agentId")]
    public async Task WhatCannotBeAJob_IsRefused_WithTheField_AndWithWhatLeadsOut(string schedule, string payload, string more, string code, string seen)
    {
        foreach (var native in (bool[])[true, false])
        {
            await using var peer = await Peer.OperatorAsync(host.Gateway, native);
            var answer = await peer.CallAsync("cron.add", CronHost.Job(schedule, payload, more));

            Assert.Equal(code, Peer.Code(answer));
            Says(seen, answer);
            Assert.True(RefusalTable.TryFind(code, out var row));
            Assert.StartsWith("netclaw ", row.Remedy, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("cron.list", """{"limit":201}""", "$.limit|/limit")]
    [InlineData("cron.list", """{"offset":-1}""", "$.offset|/offset")]
    [InlineData("cron.list", """{"sortBy":"colour"}""", "$.sortBy|/sortBy")]
    [InlineData("cron.list", """{"lmit":5}""", "lmit")]
    [InlineData("cron.get", "{}", "$.id|'id'")]
    [InlineData("cron.runs", """{"status":"fine"}""", "$.status|/status")]
    [InlineData("cron.update", """{"id":"job_0000000000000000","patch":[]}""", "$.patch|/patch")]
    [InlineData("cron.run", """{"id":"job_0000000000000000","mode":"soon"}""", "$.mode|/mode")]
    [InlineData("cron.remove", """{"id":"a","jobId":"b"}""", "jobId")]
    [InlineData("wake", """{"mode":"later","text":"x"}""", "mode")]
    [InlineData("wake", """{"mode":"now","text":""}""", "text")]
    public async Task ParametersThatAreNone_AreRefused_WithTheField(string method, string parameters, string field)
    {
        foreach (var native in (bool[])[true, false])
        {
            await using var peer = await Peer.OperatorAsync(host.Gateway, native);
            var answer = await peer.CallAsync(method, JsonNode.Parse(parameters)!);

            Assert.Equal("invalid_request", Peer.Code(answer));
            Says(field, answer);
        }
    }

    [Theory]
    [InlineData(true, CronPayloadSpec.SystemEventKind, "text")]
    [InlineData(false, CronPayloadSpec.SystemEventKind, "text")]
    [InlineData(true, CronPayloadSpec.AgentTurnKind, "message")]
    [InlineData(false, CronPayloadSpec.AgentTurnKind, "message")]
    public async Task OneByteMoreThan256KiB_IsRefusedUnread_AndOneLessIsNot(bool native, string kind, string member)
    {
        await using var peer = await Peer.OperatorAsync(host.Gateway, native);
        JsonObject Job(int bytes) => CronHost.Job(Yearly, $$"""{"kind":"{{kind}}","{{member}}":"{{new string('x', bytes)}}"}""");
        var room = CronJobSpec.MostBytes - Job(0).ToJsonString().Length;

        var answer = await peer.CallAsync("cron.add", Job(room + 1));

        Assert.Equal("cron_payload_too_large", Peer.Code(answer));
        Assert.Contains("was given 262145 bytes; a job is at most 262144", answer.GetProperty("error").GetProperty("message").GetString(), StringComparison.Ordinal);
        var id = (await peer.GetAsync("cron.add", Job(room))).GetProperty("id").GetString()!;
        Assert.Equal("cron_payload_too_large", await peer.RefusedAsync("cron.update", new JsonObject { ["id"] = id, ["patch"] = new JsonObject { ["payload"] = Job(CronJobSpec.MostBytes)["payload"]!.DeepClone() } }));
        Assert.True((await peer.GetAsync("cron.remove", CronHost.Named(id))).GetProperty("removed").GetBoolean());
    }

    /// <param name="either">In the words of Netclaw's own clients, or after a bar in those of the protocol's.</param>
    private static void Says(string either, System.Text.Json.JsonElement answer)
    {
        var message = answer.GetProperty("error").GetProperty("message").GetString()!;
        Assert.True(either.Split('|').Any(words => message.Contains(words, StringComparison.Ordinal)), $"{either} is not in: {message}");
    }
}
