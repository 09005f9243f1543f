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
    [InlineData("device.token.rotate", """{"deviceId":"x","role":"node","scopes":["a",1]}""", "at /scopes: must be string")]
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
    [InlineData("health", """{"probe":true}""", null)]
    public void Parameters_AreTheProtocolsOwn_OrSayWhereTheyAreNot(string method, string given, string? problem) =>
        Assert.Equal(problem, ParamForm.Problem(method, JsonElement.Parse(given)));

    [Theory]
    [InlineData(64, null)]
    [InlineData(65, "at /label: must NOT have more than 64 characters")]
    public void Label_IsCountedInCharacters_NotInHalves(int length, string? problem)
    {
        var label = string.Concat(Enumerable.Repeat("\U0001F980", length));

        Assert.Equal(problem, ParamForm.Problem("device.pair.rename", JsonSerializer.SerializeToElement(new { deviceId = "x", label })));
    }
}
