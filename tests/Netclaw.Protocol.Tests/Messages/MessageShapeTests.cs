using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Netclaw.Protocol.Tests.Messages;

/// <summary>What stands on the wire, by golden files: fields are only ever added, with a default.</summary>
public sealed class MessageShapeTests
{
    private const string Golden = "tests/Netclaw.Protocol.Tests/Golden";

    public static TheoryData<string> Names => new(MessageSamples.All.Select(sample => sample.Name));

    [Theory]
    [MemberData(nameof(Names))]
    public void Message_IsWrittenAsTheGoldenFile_AndReadBack(string name)
    {
        var message = MessageSamples.All.Single(sample => sample.Name == name).Message;
        var type = ProtocolJson.Default.GetTypeInfo(message.GetType())!;
        var wire = JsonSerializer.Serialize(message, type);

        RepositoryTree.Holds($"{Golden}/{name}.json", Indented(wire));
        Assert.Equal(wire, JsonSerializer.Serialize(JsonSerializer.Deserialize(wire, type), type));
    }

    [Fact]
    public void EveryMessage_HasASample_AndEveryGoldenFileAMessage()
    {
        var shipped = typeof(ProtocolJson).GetCustomAttributesData()
            .Where(attribute => attribute.AttributeType == typeof(JsonSerializableAttribute))
            .Select(attribute => (Type)attribute.ConstructorArguments[0].Value!)
            .Where(type => type != typeof(JsonElement) && !type.IsGenericType) // a list of messages has its own
            .Select(type => type.Name);
        Assert.Empty(shipped.Except(MessageSamples.All.Select(sample => sample.Name.Split('.')[0])));
        Assert.Empty(RepositoryTree.Files(Golden).Except(MessageSamples.All.Select(sample => sample.Name + ".json")));
    }

    [Fact]
    public void WhatAReaderDoesNotKnow_IsPassedOver()
    {
        const string Later = """{"ok":true,"status":"live","uptimeMs":1,"since":"a later version"}""";
        Assert.Equal(new HealthResult(true, "live", 1), JsonSerializer.Deserialize(Later, ProtocolJson.Default.HealthResult));
    }

    [Theory]
    [InlineData("""{"codeId":"pc_7k2m"}""")]
    [InlineData("""{"codeId":"pc_7k2m","proof":null}""")]
    [InlineData("""{"codeId":"pc_7k2","proof":"p"}""")]
    [InlineData("""{"codeId":null,"proof":"p"}""")]
    [InlineData("""{"codeId":7,"proof":"p"}""")]
    [InlineData("[]")]
    public void Malformed_IsRefused_NeverHalfRead(string wire) =>
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize(wire, ProtocolJson.Default.PairConfirmParams));

    [Theory]
    [InlineData("""{"client":{"id":"a","version":"1","platform":"x"},"role":"admin"}""")]
    [InlineData("""{"client":{"id":"a","version":"1","platform":"x"},"role":1}""")]
    [InlineData("""{"client":{"id":"a","version":"1"}}""")]
    [InlineData("""{"client":{"id":"a","version":"1","platform":"x"},"scopes":"operator.admin"}""")]
    [InlineData("""{"client":{"id":"a","version":"1","platform":"x"},"auth":{"token":""}}""")]
    [InlineData("""{"client":{"id":"a","version":"1","platform":"x"},"device":{"id":"d_00","publicKey":"p256:AA","signature":"","signedAt":1,"nonce":""}}""")]
    public void AMalformedConnect_IsRefused(string wire) =>
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize(wire, ProtocolJson.Default.ConnectParams));

    private static string Indented(string wire)
    {
        using var document = JsonDocument.Parse(wire);
        return JsonSerializer.Serialize(document.RootElement, IndentedOptions) + "\n";
    }

    private static readonly JsonSerializerOptions IndentedOptions = new() { WriteIndented = true };
}
