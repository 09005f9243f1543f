using System.Text.Json;
using Netclaw.Protocol.Frames;

namespace Netclaw.Protocol.Tests.Frames;

public sealed class HelloReaderTests
{
    private const string Client = """ "client":{"id":"node-host","version":"2026.9.6","platform":"linux","mode":"node","displayName":"den","deviceFamily":"Linux","instanceId":"i1"} """;
    private const string Device =
        """ "device":{"id":"56475aa75463474c0285df5dbf2bcab73da651358839e9b77481b2eab107708c","publicKey":"A6EHv_POEL4dcN0Y50vAmWfk1jCbpQ1fHdyGZBJVMbg","signature":"c2ln+/==","signedAt":7,"nonce":" n "} """;

    [Fact]
    public void NodeHost_IsRead_AsItWasSeenToConnect()
    {
        var read = Accepted($$"""{"minProtocol":4,"maxProtocol":4,{{Client}},"caps":["system"],"commands":["system.run"],"pathEnv":"/bin","role":"node","scopes":[],"auth":{"token":"t"},{{Device}}}""");

        Assert.Equal((Role.Node, ScopeSet.Empty, "den"), (read.Hello.Role, read.Hello.Scopes, read.Hello.Client.DisplayName));
        Assert.Equal(("n", "c2ln-_", 7), (read.Hello.Device!.Nonce, read.Hello.Device.Signature, read.Hello.Device.SignedAt));
        Assert.Equal((PairingFlow.Announced, "den"), (read.Hello.Pairing!.Flow, read.Hello.Pairing.Name));
        Assert.Equal(("t", "t"), (read.Hello.Auth!.Token!.Reveal(), read.Hello.Auth.Password!.Reveal()));
        Assert.Equal(("node-host", "node", "node", "", "linux", "Linux", "t"), Parts(read.Claim!));
    }

    [Theory]
    [InlineData("""{"password":"p"}""", "p", "p", "")]
    [InlineData("""{"token":"t","password":"p","deviceToken":"d"}""", "t", "p", "t")]
    [InlineData("""{"deviceToken":"d","bootstrapToken":"b"}""", null, null, "d")]
    [InlineData("""{"token":"d","deviceToken":"d"}""", null, null, "d")]
    [InlineData("""{"token":"","bootstrapToken":"b"}""", null, null, "b")]
    public void Credentials_AreTakenForEitherMode_AndTheFirstTokenIsTheSignedOne(string auth, string? token, string? password, string signed)
    {
        var read = Accepted($$"""{"minProtocol":4,"maxProtocol":4,{{Client}},"auth":{{auth}},{{Device}}}""");

        Assert.Equal((token, password), (read.Hello.Auth!.Token?.Reveal(), read.Hello.Auth.Password?.Reveal()));
        Assert.Equal(signed, read.Claim!.Token?.Reveal() ?? "");
    }

    [Fact]
    public void ScopesThatNobodyKnows_AreSigned_AndNotAskedFor()
    {
        var read = Accepted($$"""{"minProtocol":4,"maxProtocol":4,{{Client}},"scopes":["operator.write","operator.sessions.read","operator.read"],{{Device}}}""");

        Assert.Equal(ScopeSet.ReadWrite, read.Hello.Scopes);
        Assert.Equal("operator.write,operator.sessions.read,operator.read", read.Claim!.Scopes);
    }

    [Theory]
    [InlineData("4", "4", "operator", "cli", true)]
    [InlineData("3", "4", "operator", "probe", true)]
    [InlineData("3", "3", "operator", "probe", true)]
    [InlineData("3", "3", "operator", "cli", false)]
    [InlineData("3", "3", "node", "node", true)]
    [InlineData("3", "3", "node", "cli", false)]
    [InlineData("5", "9", "operator", "cli", false)]
    public void Versions_AreSharedOrRefused(string least, string most, string role, string mode, bool shared)
    {
        var read = Read($$$"""{"minProtocol":{{{least}}},"maxProtocol":{{{most}}},"role":"{{{role}}}","client":{"id":"x","version":"1","platform":"linux","mode":"{{{mode}}}"}}""");

        Assert.Equal(shared, read is HelloReading.Accepted);
        Assert.True(shared || read is HelloReading.Refused { Code: RefusalCode.ProtocolMismatch });
    }

    [Theory]
    [InlineData("""{"minProtocol":4,"maxProtocol":4}""", "invalid connect params: at root: must have required property 'client'")]
    [InlineData("""{"minProtocol":4,"maxProtocol":4,"client":{"id":7}}""", "invalid connect params: at /client/id: must be string")]
    [InlineData("""{"minProtocol":1e400,"maxProtocol":4}""", "invalid connect params: at /minProtocol: must be integer")]
    [InlineData("""{"minProtocol":4294967296,"maxProtocol":4,"client":{"id":"x","version":"1","platform":"l","mode":"cli"}}""", "invalid connect params: at /minProtocol: must be of the expected type")]
    [InlineData("""{"minProtocol":4,"maxProtocol":4,"client":{"id":"x","version":"1","platform":"l","mode":"cli"},"locale":7}""", "invalid connect params: at /locale: must be string")]
    [InlineData("""{"minProtocol":4,"maxProtocol":4,"client":{"id":"x","version":"1","platform":"l","mode":"cli"},"auth":{"approvalRuntimeToken":[]}}""", "invalid connect params: at /auth/approvalRuntimeToken: must be string")]
    [InlineData("""{"minProtocol":4,"maxProtocol":4,"client":{"id":"\ud800","version":"1","platform":"l","mode":"cli"}}""", "invalid connect params: at root: must be well-formed text")]
    [InlineData("[]", "invalid connect params: at root: must be object")]
    [InlineData("""{"minProtocol":4,"maxProtocol":4,"role":"king","client":{"id":"x","version":"1","platform":"l","mode":"cli"}}""", "invalid role")]
    public void WhatIsNotOfTheForm_IsNamed(string json, string message) =>
        Assert.Equal(message, Assert.IsType<HelloReading.Refused>(Read(json)).Error.Message);

    [Fact]
    public void WhatAnotherReleaseSends_AndNamesThatAreInNoList_AreHeard() => Accepted(
        """{"minProtocol":4,"maxProtocol":4,"modelCatalog":{"agentId":"a"},"client":{"id":"mine","version":"1","platform":"l","mode":"new","colour":"red"},"auth":{"passkey":1}}""");

    [Fact]
    public void Worker_IsNobodyHere() => Assert.IsType<HelloReading.Worker>(
        Read("""{"minProtocol":4,"maxProtocol":4,"role":"worker","client":{"id":"openclaw-worker","version":"1","platform":"l","mode":"worker"}}"""));

    [Theory]
    [InlineData("A6EHv_POEL4dcN0Y50vAmWfk1jCbpQ1fHdyGZBJVMbg", "56475aa7", RefusalCode.DeviceIdMismatch)]
    [InlineData("no key", "56475aa75463474c0285df5dbf2bcab73da651358839e9b77481b2eab107708c", RefusalCode.DeviceKeyInvalid)]
    public void DeviceThatIsNone_IsRefused(string key, string id, RefusalCode code) => Assert.Equal(code, Assert.IsType<HelloReading.Refused>(
        Read($$$"""{"minProtocol":4,"maxProtocol":4,{{{Client}}},"device":{"id":"{{{id}}}","publicKey":"{{{key}}}","signature":"s","signedAt":7,"nonce":"n"}}""")).Code);

    private static HelloReading.Accepted Accepted(string json) => Assert.IsType<HelloReading.Accepted>(Read(json));

    private static HelloReading Read(string json) => HelloReader.Read(JsonElement.Parse(json));

    private static (string, string, string, string, string?, string?, string?) Parts(DeviceClaim claim) =>
        (claim.ClientId, claim.ClientMode, claim.Role, claim.Scopes, claim.Platform, claim.DeviceFamily, claim.Token?.Reveal());
}
