using System.Text.Json;

namespace Netclaw.Protocol.Tests.Ids;

public sealed class IdTests
{
    [Fact]
    public void EveryId_SurvivesItsText_AndIsNoOther()
    {
        using var key = SigningKey.Generate();
        string[] all =
        [
            $"{SessionId.New()}", $"{RunId.New()}", $"{NodeId.New()}", $"{PairingRequestId.New()}", $"{PairingCodeId.New()}",
            $"{key.Public.DeviceId}", $"{key.Public.GatewayId}", $"{InvokeId.New()}", $"{QueuedId.New()}", $"{ApprovalId.New()}",
        ];
        Assert.All(all, text => Assert.Equal(1,
            Is<SessionId>(text) + Is<RunId>(text) + Is<NodeId>(text) + Is<PairingRequestId>(text) + Is<PairingCodeId>(text) + Is<DeviceId>(text) + Is<GatewayId>(text)
            + Is<InvokeId>(text) + Is<QueuedId>(text) + Is<ApprovalId>(text)));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("s_")]
    [InlineData("s_0123456789abcde")]
    [InlineData("s_0123456789abcdef0")]
    [InlineData("s_0123456789ABCDEF")]
    [InlineData("s_0123456789abcdeu")]
    [InlineData("s_0123456789abcde|")]
    [InlineData(" s_0123456789abcdef")]
    [InlineData("r_0123456789abcdef")]
    public void Refuses_EverythingElse(string? text)
    {
        Assert.False(SessionId.TryParse(text, out var id));
        Assert.Equal("", id.ToString());
    }

    [Theory]
    [InlineData("d_0123")]
    [InlineData("d_XYZ3456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef")]
    [InlineData("0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef")]
    public void ADeviceId_IsAWholeHash_WithItsPrefix(string text) => Assert.False(DeviceId.TryParse(text, out _));

    [Fact]
    public void ADeviceId_HasABareAndAShortForm()
    {
        using var key = SigningKey.Generate();
        var id = key.Public.DeviceId;
        Assert.Equal(key.Public.HashText, id.Hex);
        Assert.True(DeviceId.TryParseHex(id.Hex, out var same));
        Assert.Equal(id, same);
        Assert.Equal($"{id}"[..10], id.Short);
        Assert.Equal("", default(DeviceId).Short);
        Assert.False(DeviceId.TryParseHex($"{id}", out _));
    }

    [Fact]
    public void RandomIds_UseEverySymbol_AboutEqually()
    {
        // 2,000 ids of 16 symbols over 32 symbols: 1,000 expected each; a biased generator is far outside 800 to 1,200.
        var counts = Enumerable.Range(0, 2000).SelectMany(_ => $"{SessionId.New()}"[2..]).CountBy(symbol => symbol).ToDictionary();
        Assert.Equal(32, counts.Count);
        Assert.All(counts.Values, count => Assert.InRange(count, 800, 1200));
    }

    [Fact]
    public void AGatewayId_DependsOnTheWholeKey()
    {
        var raw = Pairing.ExchangeFixture.Gateway.Raw.ToArray();
        var seen = new HashSet<GatewayId> { Pairing.ExchangeFixture.GatewayId };
        for (var at = 1; at < raw.Length; at++)
        {
            raw[at] ^= 1;
            Assert.True(seen.Add(GatewayId.FromPublicKey(raw)));
            raw[at] ^= 1;
        }
    }

    [Theory]
    [InlineData("\"r_\"")]
    [InlineData("null")]
    [InlineData("17")]
    [InlineData("{}")]
    public void MalformedJson_IsNeverADefaultId(string json) =>
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize($$"""{"requestId":{{json}}}""", ProtocolJson.Default.PairRejectParams));

    private static int Is<T>(string text) where T : struct, IId<T> => T.TryParse(text, out var id) && id.ToString() == text ? 1 : 0;
}
