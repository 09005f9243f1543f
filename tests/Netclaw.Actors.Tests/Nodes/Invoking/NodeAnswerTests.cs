using System.Text.Json;
using Netclaw.Actors.Nodes.Invoking;
using Netclaw.Protocol;
using static Netclaw.Actors.Tests.Nodes.Invoking.InvokeSamples;

namespace Netclaw.Actors.Tests.Nodes.Invoking;

public sealed class NodeAnswerTests
{
    [Theory]
    [InlineData("""{"id":"x","nodeId":"den","ok":true,"payloadJSON":"{\"exitCode\":0}"}""")]
    [InlineData("""{"id":"x","nodeId":"den","ok":true,"payload":{"exitCode":0}}""")]
    public void APayload_IsTold_BothAsItIsAndAsText(string given)
    {
        var result = Of(given).Payload!.Value;

        Assert.Equal(0, result.GetProperty("payload").GetProperty("exitCode").GetInt32());
        Assert.Equal("""{"exitCode":0}""", result.GetProperty("payloadJSON").GetString());
        Assert.Equal(("den", "system.run", true), (result.GetProperty("nodeId").GetString(), result.GetProperty("command").GetString(), result.GetProperty("ok").GetBoolean()));
    }

    [Fact]
    public void Nothing_IsAnAnswerToo() => Assert.Equal("""{"ok":true,"nodeId":"den","command":"system.run"}""", Of("""{"id":"x","nodeId":"den","ok":true}""").Payload!.Value.GetRawText());

    [Fact]
    public void WhatTheNodeCouldNot_IsToldInItsOwnWords()
    {
        var error = Of("""{"id":"x","nodeId":"den","ok":false,"error":{"code":"DENIED","message":"not on the list"}}""").Error!;

        Assert.Equal(("node_failed", "not on the list", "DENIED"), (error.Code, error.Message, error.Details!.Value.GetProperty("nodeError").GetProperty("code").GetString()));
    }

    [Theory]
    [InlineData("{")]
    [InlineData("")]
    public void WhatIsNoJson_IsTheNodesFailure(string text) => Assert.Equal("node_failed", Of(Text(text)).Error!.Code);

    [Fact]
    public void NestedTooDeep_IsTheNodesFailure()
    {
        Assert.True(Of(Text(Nested(NodeAnswer.MostDepth))).Ok);
        Assert.Equal("node_failed", Of(Text(Nested(NodeAnswer.MostDepth + 1))).Error!.Code);
        Assert.Equal("node_failed", Of(Raw(Nested(NodeAnswer.MostDepth + 1))).Error!.Code);
    }

    [Fact]
    public void WhatFitsOnce_IsToldOnce_AndWhatDoesNotFit_IsRefused()
    {
        var large = JsonSerializer.Serialize(new string('x', 9000));
        var once = NodeAnswer.Of(Request(1), Raw(large), mostBytes: 16 * 1024).Response;

        Assert.True(once.Payload!.Value.TryGetProperty("payload", out _));
        Assert.False(once.Payload.Value.TryGetProperty("payloadJSON", out _));
        Assert.InRange(once.Payload.Value.GetRawText().Length, 9000, 16 * 1024);
        Assert.Equal("node_result_too_large", NodeAnswer.Of(Request(1), Raw(large), mostBytes: 8 * 1024).Response.Error!.Code);
    }

    private static string Nested(int depth) => new string('[', depth) + new string(']', depth);

    private static NodeInvokeResultParams Text(string text) => new("x", "den", true) { PayloadJson = text };

    private static NodeInvokeResultParams Raw(string payload) => new("x", "den", true) { Payload = JsonElement.Parse(payload) };

    private static CallResponse Of(string given) => Of(JsonSerializer.Deserialize(given, ProtocolJson.Default.NodeInvokeResultParams)!);

    private static CallResponse Of(NodeInvokeResultParams given) => NodeAnswer.Of(Request(1), given).Response;
}
