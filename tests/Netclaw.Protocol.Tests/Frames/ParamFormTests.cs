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
