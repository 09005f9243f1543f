using System.Text;
using System.Text.Json;
using Netclaw.Protocol.Frames;

namespace Netclaw.Protocol.Tests.Frames;

public sealed class FrameReadingTests
{
    [Fact]
    public void Request_IsRead_WithItsParameters()
    {
        var request = Assert.IsType<FrameReading.Request>(Read("""{"type":"req","id":"1:a","method":"health","params":{"a":[1]},"traceparent":"00-1"}"""));

        Assert.Equal(("1:a", "health", """{"a":[1]}"""), (request.Id, request.Method, request.Params.GetRawText()));
    }

    [Theory]
    [InlineData("""{"type":"req","method":"health"}""", null, "at /id: must be a text")]
    [InlineData("""{"type":"req","id":"","method":"health"}""", null, "at /id: must be a text")]
    [InlineData("""{"type":"req","id":"1"}""", "1", "at /method: must be a text")]
    [InlineData("""{"type":"res","id":"1","ok":true}""", "1", "at root: unexpected property 'ok'")]
    [InlineData("""{"type":"req","id":"1","method":"a","extra":1}""", "1", "at root: unexpected property 'extra'")]
    [InlineData("""{"type":7,"id":"1","method":"a"}""", "1", "at /type: must be equal to constant")]
    [InlineData("""{"type":"req","id":"1","method":"a","traceparent":7}""", "1", "at /traceparent: must be a text of the expected length")]
    [InlineData("[]", null, "at root: must be an object")]
    [InlineData("null", null, "at root: must be an object")]
    public void WhatIsNoRequest_IsNamed(string json, string? id, string problem) =>
        Assert.Equal(new FrameReading.NoRequest(id, problem), Read(json));

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("""{"type":"req","type":"req","id":"1","method":"a"}""")]
    [InlineData("""{"type":"req","id":"1","method":"\ud800"}""")]
    [InlineData("""{"type":"req","id":"1","method":"a","params":{"b":[{"c":"\udfff\ud800"}]}}""")]
    [InlineData("""{"type":"req","id":"1","method":"a","params":{"\ud800":1}}""")]
    [InlineData("{} {}")]
    public void WhatIsNoJson_IsNamedSo(string text) => Assert.IsType<FrameReading.NoJson>(Read(text));

    [Fact]
    public void BrokenUtf8_AndTooDeep_AreNoJson()
    {
        Assert.IsType<FrameReading.NoJson>(FrameReading.Read([(byte)'"', 0xff, (byte)'"']));
        Assert.IsType<FrameReading.NoJson>(Read(new string('[', 1000) + new string(']', 1000)));
    }

    [Fact]
    public void Frames_AreWritten_AsTheProtocolHasThem()
    {
        var payload = JsonElement.Parse("""{"ts":1}""");
        var error = new GatewayError("FORBIDDEN", "missing scope: operator.read", new GatewayErrorDetails("missing_scope", "netclaw status", "MISSING_SCOPE"));

        Assert.Equal("""{"type":"event","event":"tick","payload":{"ts":1},"seq":3}""", Text(FrameWriter.Event("tick", payload, 3)));
        Assert.Equal("""{"type":"event","event":"connect.challenge","payload":{"ts":1}}""", Text(FrameWriter.Event("connect.challenge", payload, null)));
        Assert.Equal("""{"type":"res","id":"1","ok":true,"payload":{"ts":1}}""", Text(FrameWriter.Result("1", payload)));
        Assert.Equal("""{"type":"res","id":"1","ok":true}""", Text(FrameWriter.Result("1", null)));
        Assert.Equal(
            """{"type":"res","id":"1","ok":false,"error":{"code":"FORBIDDEN","message":"missing scope: operator.read","details":{"netclawCode":"missing_scope","remedy":"netclaw status","code":"MISSING_SCOPE"}}}""",
            Text(FrameWriter.Error("1", error)));
    }

    private static FrameReading Read(string json) => FrameReading.Read(Encoding.UTF8.GetBytes(json));

    private static string Text(ReadOnlyMemory<byte> frame) => Encoding.UTF8.GetString(frame.Span);
}
