using System.Text.Json;
using Netclaw.Protocol.Frames;

namespace Netclaw.Protocol.Tests.Frames;

public sealed class ParamFormTests
{
    [Theory]
    [InlineData("device.pair.list", "{}", null)]
    [InlineData("device.pair.list", """{"all":true}""", "at root: unexpected property 'all'")]
    [InlineData("device.pair.list", "[]", "at root: must be object")]
    [InlineData("device.pair.approve", "null", "at root: must have required property 'requestId'")]
    [InlineData("device.pair.approve", """{"requestId":""}""", "at /requestId: must NOT have fewer than 1 characters")]
    [InlineData("device.pair.approve", """{"requestId":7}""", "at /requestId: must be string")]
    [InlineData("device.pair.rename", """{"deviceId":"x","label":"den"}""", null)]
    [InlineData("device.pair.rename", """{"deviceId":"x"}""", "at root: must have required property 'label'")]
    [InlineData("device.token.rotate", """{"deviceId":"x","role":"node","scopes":["a",1]}""", "at /scopes/1: must be string")]
    [InlineData("device.token.rotate", """{"deviceId":"x","role":"node","scopes":"a"}""", "at /scopes: must be array")]
    [InlineData("device.token.rotate", """{"deviceId":"x","role":"node","scopes":[]}""", null)]
    [InlineData("device.pair.setupCode", """{"bootstrapProfile":"node","joinUrl":true,"publicUrl":"ws://a","includeQr":false,"preferRemoteUrl":true}""", null)]
    [InlineData("device.pair.setupCode", """{"bootstrapProfile":"full"}""", "at /bootstrapProfile: must be equal to one of the allowed values")]
    [InlineData("device.pair.setupCode", """{"joinUrl":false}""", "at /joinUrl: must be equal to constant")]
    [InlineData("device.pair.setupCode", """{"includeQr":1}""", "at /includeQr: must be boolean")]
    [InlineData("device.pair.setupStatus", "{}", "at root: must have required property 'setupId'")]
    [InlineData("config.get", """{"raw":true}""", "at root: unexpected property 'raw'")]
    [InlineData("logs.tail", """{"cursor":0,"limit":5000,"maxBytes":1000000}""", null)]
    [InlineData("logs.tail", """{"cursor":-1}""", "at /cursor: must be >= 0")]
    [InlineData("logs.tail", """{"limit":5001}""", "at /limit: must be <= 5000")]
    [InlineData("logs.tail", """{"maxBytes":1.5}""", "at /maxBytes: must be integer")]
    [InlineData("models.list", """{"view":"some"}""", "at /view: must be equal to one of the allowed values")]
    [InlineData("models.list", """{"preparedOnly":true,"refresh":true}""", "at root: must NOT be valid")]
    [InlineData("models.list", """{"preparedOnly":true,"refresh":false}""", null)]
    [InlineData("sessions.patch", """{"key":"main","boardFace":"\ud800"}""", "at root: must be well-formed text")]
    [InlineData("agents.list", """{"\ud800":1}""", "at root: must be well-formed text")]
    [InlineData("sessions.create", """{"worktreeName":"a\n"}""", "at /worktreeName: must match pattern \"^[a-z0-9][a-z0-9-]{0,63}$\"")]
    [InlineData("sessions.patch", """{"key":"main","label":""}""", "at /label: must NOT have fewer than 1 characters")]
    [InlineData("chat.send", """{"sessionKey":"\ud800","message":"","idempotencyKey":"k"}""", "at root: must be well-formed text")]
    [InlineData("health", """{"probe":true}""", null)]
    [InlineData("sessions.list", """{"limit":0}""", "at /limit: must be >= 1")]
    [InlineData("sessions.list", """{"limit":1.5}""", "at /limit: must be integer")]
    [InlineData("sessions.list", """{"archived":"all"}""", null)]
    [InlineData("sessions.list", """{"archived":true}""", null)]
    [InlineData("sessions.list", """{"archived":"some"}""", "at /archived: must match a schema in anyOf")]
    [InlineData("sessions.list", """{"colour":"red"}""", "at root: unexpected property 'colour'")]
    [InlineData("sessions.patch", """{"key":"agent:main:main","label":null}""", null)]
    [InlineData("sessions.patch", """{"key":"agent:main:main","icon":null,"pinned":false}""", null)]
    [InlineData("sessions.patch", """{"key":"agent:main:main","pinned":true}""", "at /pinned: is not served by this gateway")]
    [InlineData("sessions.patch", """{"key":"agent:main:main","pinned":1}""", "at /pinned: must be boolean")]
    [InlineData("sessions.patch", """{"key":"agent:main:main","expectedMarkedUnreadAt":-1}""", "at /expectedMarkedUnreadAt: must be >= 0")]
    [InlineData("sessions.delete", """{"key":"a","expectedSessionId":"7"}""", "at /expectedSessionId: is not served by this gateway")]
    [InlineData("sessions.create", """{"worktreeName":"No"}""", "at /worktreeName: must match pattern \"^[a-z0-9][a-z0-9-]{0,63}$\"")]
    [InlineData("sessions.create", """{"attachments":[]}""", null)]
    [InlineData("sessions.create", """{"attachments":[{"more":1}]}""", "at /attachments: is not served by this gateway")]
    [InlineData("sessions.create", """{"attachments":[{"width":"wide"}]}""", "at /attachments/0/width: must be number")]
    [InlineData("chat.send", """{"sessionKey":"a","message":"","idempotencyKey":"k"}""", null)]
    [InlineData("chat.send", """{"sessionKey":"a","message":"hi"}""", "at root: must have required property 'idempotencyKey'")]
    [InlineData("chat.send", """{"sessionKey":"a","message":"hi","idempotencyKey":"k","queueMode":"never"}""", "at /queueMode: must be equal to one of the allowed values")]
    [InlineData("chat.send", """{"sessionKey":"a","message":"hi","idempotencyKey":"k","intent":{"kind":"session-goal-start","version":2,"issuedAtMs":0}}""", "at /intent/version: must be equal to constant")]
    [InlineData("chat.history", """{"sessionKey":"a","inputRunIds":["x","x"]}""", "at /inputRunIds: must NOT have duplicate items")]
    [InlineData("chat.history", """{"sessionKey":"a","inputRunIds":[]}""", "at /inputRunIds: must NOT have fewer than 1 items")]
    [InlineData("chat.history", """{"sessionKey":"a","limit":1e400}""", "at /limit: must be integer")]
    [InlineData("node.event", """{"event":"","payload":7}""", "at /event: must NOT have fewer than 1 characters")]
    [InlineData("node.pluginTools.update", """{"tools":[{"pluginId":"p","name":"1","description":"d"}]}""", "at /tools/0/name: must match pattern \"^[A-Za-z][A-Za-z0-9_-]{0,63}$\"")]
    [InlineData("node.pluginTools.update", """{"tools":[{"pluginId":"p","name":"n","description":"d","parameters":{"type":"object"},"mcp":{"server":"s","tool":"t"}}]}""", null)]
    [InlineData("node.invoke.result", """{"id":"i","nodeId":"n","ok":false,"error":{"code":"X","why":1}}""", "at /error: unexpected property 'why'")]
    [InlineData("exec.approval.request", """{"command":"ls","env":{"A":1}}""", "at /env/A: must be string")]
    [InlineData("exec.approval.request", """{"command":"ls","cwd":null,"timeoutMs":1}""", null)]
    [InlineData("agent", """{"message":"hi","idempotencyKey":"k","cwd":"/srv"}""", "at /cwd: is not served by this gateway")]
    [InlineData("cron.get", """{"id":"job_1"}""", null)]
    [InlineData("cron.get", """{"jobId":"job_1"}""", null)]
    [InlineData("cron.get", "{}", "at root: must have required property 'id'")]
    [InlineData("cron.get", """{"id":"job_1","jobId":"job_1"}""", "at root: unexpected property 'jobId'")]
    [InlineData("cron.list", """{"limit":201}""", "at /limit: must be <= 200")]
    [InlineData("cron.runs", """{"id":"../job"}""", "at /id: must match pattern \"^[^/\\\\]+$\"")]
    [InlineData("cron.add", """{"name":"tea","schedule":{"kind":"every","everyMs":60000},"sessionTarget":"main","wakeMode":"now","payload":{"kind":"systemEvent","text":"tea"}}""", null)]
    [InlineData("cron.add", """{"name":"tea","schedule":{"kind":"every","everyMs":"1m"},"sessionTarget":"main","wakeMode":"now","payload":{"kind":"systemEvent","text":"tea"}}""", "at /schedule/everyMs: must be integer")]
    [InlineData("cron.add", """{"name":"tea","schedule":{"kind":"stream","command":["tail"]},"sessionTarget":"main","wakeMode":"now","payload":{"kind":"systemEvent","text":"tea"}}""", "at /schedule: is not served by this gateway")]
    [InlineData("cron.add", """{"name":"tea","schedule":{"kind":"at","at":"1"},"sessionTarget":"main","wakeMode":"now","payload":{"kind":"agentTurn","message":"hi","model":"large"}}""", "at /payload/model: is not served by this gateway")]
    [InlineData("cron.add", """{"name":"tea","schedule":{"kind":"at","at":"1"},"sessionTarget":"main","wakeMode":"now","payload":{"kind":"poem"}}""", "at /payload: must match a schema in anyOf")]
    [InlineData("cron.add", """{"name":"tea","schedule":{"kind":"at","at":"1"},"sessionTarget":"main","wakeMode":"now","payload":{"kind":"systemEvent","text":"t"},"failureAlert":{"after":2}}""", "at /failureAlert: is not served by this gateway")]
    [InlineData("cron.add", """{"name":"tea","schedule":{"kind":"at","at":"1"},"sessionTarget":"main","wakeMode":"now","payload":{"kind":"systemEvent","text":"t"},"policy":{}}""", "at root: unexpected property 'policy'")]
    [InlineData("cron.update", """{"id":"job_1","patch":{"agentId":null,"failureAlert":false}}""", null)]
    [InlineData("cron.update", """{"jobId":"job_1","patch":{"state":{"consecutiveErrors":0}}}""", "at /patch/state: is not served by this gateway")]
    [InlineData("wake", """{"mode":"now","text":"up","more":1}""", null)]
    public void Parameters_AreTheProtocolsOwn_OrSayWhereTheyAreNot(string method, string given, string? problem) =>
        Assert.Equal(problem, ParamForm.Problem(method, JsonElement.Parse(given)));

    [Fact]
    public void Form_IsSaidInWords() =>
        Assert.Equal("{invokeId: text 1.., nodeId: text 1.., seq: integer 0.., chunk: text 0..16384}", ParamForm.Words("node.invoke.progress"));

    [Fact]
    public void EveryPattern_IsOneThatCanBeRead() =>
        Assert.All(ParamForm.Known, method => Assert.NotNull(ParamForm.Problem(method, JsonElement.Parse("7"))));

    [Theory]
    [InlineData(64, null)]
    [InlineData(65, "at /label: must NOT have more than 64 characters")]
    public void Label_IsCountedInCharacters_NotInHalves(int length, string? problem)
    {
        var label = string.Concat(Enumerable.Repeat("\U0001F980", length));

        Assert.Equal(problem, ParamForm.Problem("device.pair.rename", JsonSerializer.SerializeToElement(new { deviceId = "x", label })));
    }
}
