using static Netclaw.Protocol.Tests.Pairing.ExchangeFixture;

namespace Netclaw.Protocol.Tests.Pairing;

public sealed class CodeExchangeTests
{
    private static readonly string T = CodeExchange.Transcript(Fields);

    [Fact]
    public void Stretch_IsThePublishedOne()
    {
        Assert.True(PairingCode.TryParse("7k2m-0123-abcd", out var code));
        Assert.Equal(StretchedHex, Convert.ToHexStringLower(CodeStretch.Stretch(code, ExchangeFixture.GatewayId)));
    }

    [Fact]
    public void Stretch_DiffersByGateway_AndByCode()
    {
        Assert.True(PairingCode.TryParse("7k2m-0123-abcd", out var code));
        Assert.True(PairingCode.TryParse("7k2n-0123-abcd", out var sameSecret));
        string[] keys =
        [
            StretchedHex,
            Convert.ToHexStringLower(CodeStretch.Stretch(code, Device.GatewayId)),
            Convert.ToHexStringLower(CodeStretch.Stretch(sameSecret, ExchangeFixture.GatewayId)),
        ];
        Assert.Equal(3, keys.Distinct().Count());
    }

    [Fact]
    public void Proofs_AreThePublishedOnes()
    {
        Assert.Equal(ExchangeFixture.DeviceProof, CodeExchange.DeviceProof(StretchedKey, T));
        Assert.Equal(ExchangeFixture.GatewayProof, CodeExchange.GatewayProof(StretchedKey, T, Granted));
        Assert.True(CodeExchange.VerifyDeviceProof(StretchedKey, T, ExchangeFixture.DeviceProof));
        Assert.True(CodeExchange.VerifyGatewayProof(StretchedKey, T, Granted, ExchangeFixture.GatewayProof));
    }

    public static TheoryData<string> TamperedFields => new(Tampered.Keys);

    /// <summary>Each field of the transcript, changed alone; the swapped keys are somebody in the middle.</summary>
    private static readonly Dictionary<string, CodeTranscript> Tampered = new()
    {
        ["gateway key swapped"] = Fields with { GatewayKey = Key(7) },
        ["device key swapped"] = Fields with { DeviceKey = Key(7) },
        ["both keys exchanged"] = Fields with { GatewayKey = Device, DeviceKey = Gateway },
        ["code"] = Fields with { CodeId = CodeId("pc_7k2n") },
        ["role"] = Fields with { Role = Role.Node },
        ["scopes"] = Fields with { Scopes = ScopeSet.All },
        ["server nonce"] = Fields with { ServerNonce = NonceOf(7) },
        ["client nonce"] = Fields with { ClientNonce = NonceOf(7) },
        ["exchange nonce"] = Fields with { ExchangeNonce = NonceOf(7) },
        ["nonces exchanged"] = Fields with { ServerNonce = NonceOf(2), ClientNonce = NonceOf(1) },
    };

    [Theory]
    [MemberData(nameof(TamperedFields))]
    public void Refuses_BothProofs_WhenTheOtherSideSawAnother(string field)
    {
        var seen = CodeExchange.Transcript(Tampered[field]);
        Assert.False(CodeExchange.VerifyDeviceProof(StretchedKey, seen, ExchangeFixture.DeviceProof));
        Assert.False(CodeExchange.VerifyGatewayProof(StretchedKey, seen, Granted, ExchangeFixture.GatewayProof));
    }

    [Fact]
    public void EveryFieldOfTheTranscript_IsTamperedWith() =>
        Assert.True(Tampered.Count >= typeof(CodeTranscript).GetProperties().Length);

    [Fact]
    public void Refuses_TheGatewaysProof_ForOtherScopesThanItGranted()
    {
        for (var flags = 0; flags < 256; flags++)
        {
            var shown = new ScopeSet((Scope)flags);
            Assert.Equal(shown == Granted, CodeExchange.VerifyGatewayProof(StretchedKey, T, shown, ExchangeFixture.GatewayProof));
        }
    }

    [Fact]
    public void Refuses_AProofReflectedToItsMaker()
    {
        Assert.False(CodeExchange.VerifyGatewayProof(StretchedKey, T, Granted, ExchangeFixture.DeviceProof));
        Assert.False(CodeExchange.VerifyDeviceProof(StretchedKey, T, ExchangeFixture.GatewayProof));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("not base64url!")]
    [InlineData("XdxRWQJF_L_KzDwKPfYWgHjOrHIUhp6QKG3NjNADSn")]
    [InlineData("XdxRWQJF_L_KzDwKPfYWgHjOrHIUhp6QKG3NjNADSn0=")]
    [InlineData("XdxRWQJF_L_KzDwKPfYWgHjOrHIUhp6QKG3NjNADSn0AAAA")]
    [InlineData("XdxRWQJF_L_KzDwKPfYWgHjOrHIUhp6QKG3NjNADSn1A")]
    [InlineData("YdxRWQJF_L_KzDwKPfYWgHjOrHIUhp6QKG3NjNADSn0")]
    public void Refuses_AnyOtherProof_WithoutThrowing(string? proof)
    {
        Assert.False(CodeExchange.VerifyDeviceProof(StretchedKey, T, proof));
        Assert.False(CodeExchange.VerifyGatewayProof(StretchedKey, T, Granted, proof));
    }

    [Fact]
    public void Refuses_EveryProof_UnderAnotherKey()
    {
        var key = StretchedKey;
        for (var bit = 0; bit < key.Length * 8; bit++)
        {
            key[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.False(CodeExchange.VerifyDeviceProof(key, T, ExchangeFixture.DeviceProof));
            key[bit / 8] ^= (byte)(1 << (bit % 8));
        }
    }

    [Fact]
    public void Refuses_ANonceThatCouldHideASeparator() =>
        Assert.Throws<ArgumentException>(() => CodeExchange.Transcript(Fields with { ExchangeNonce = NonceOf(1) + "|" + NonceOf(2) }));
}
