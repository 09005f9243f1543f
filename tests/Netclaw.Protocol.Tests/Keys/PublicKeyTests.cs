using System.Security.Cryptography;

namespace Netclaw.Protocol.Tests.Keys;

public sealed class PublicKeyTests
{
    [Fact]
    public void AKey_SurvivesItsText_AndHasItsIdsFromItsHash()
    {
        using var signing = SigningKey.Generate();
        Assert.True(PublicKey.TryParse(signing.Public.ToString(), out var key));
        Assert.Equal(signing.Public, key);
        Assert.Equal(signing.Public.GetHashCode(), key.GetHashCode());
        Assert.Equal(SHA256.HashData(key.Raw), key.Hash);
        Assert.Equal("d_" + Convert.ToHexStringLower(key.Hash), key.DeviceId.ToString());
    }

    [Fact]
    public void Ed25519_IsAKeyOfItsOwnKind()
    {
        Assert.True(PublicKey.TryCreate(KeyAlgorithm.Ed25519, new byte[32], out var key));
        Assert.Equal("ed25519:" + new string('A', 43), key.ToString());
        Assert.True(PublicKey.TryParse(key.ToString(), out var same));
        Assert.Equal(key, same);
        Assert.False(P256.Verify(key, "x"u8, new byte[64]));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("p256:")]
    [InlineData("p256:AAAA")]
    [InlineData("p256:!!!!")]
    [InlineData("p256:BAAA AAAA")]
    [InlineData("rsa:AAAA")]
    [InlineData("P256:AAAA")]
    [InlineData("ed25519:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=")]
    public void Refuses_WhatIsNoKey_WithoutThrowing(string? text)
    {
        Assert.False(PublicKey.TryParse(text, out var key));
        Assert.Null(key);
    }

    [Theory]
    [InlineData(0x02)]
    [InlineData(0x03)]
    [InlineData(0x06)]
    [InlineData(0x00)]
    public void Refuses_OtherPointForms(byte form)
    {
        using var signing = SigningKey.Generate();
        byte[] raw = [form, .. signing.Public.Raw[1..]];
        Assert.False(PublicKey.TryCreate(KeyAlgorithm.P256, raw, out _));
    }

    [Fact]
    public void APointOffTheCurve_HasAShape_AndVerifiesNothing()
    {
        using var signing = SigningKey.Generate();
        var signature = signing.Sign("data"u8);
        byte[] raw = [.. signing.Public.Raw];
        raw[^1] ^= 1;
        Assert.True(PublicKey.TryCreate(KeyAlgorithm.P256, raw, out var off));
        Assert.False(P256.TryImport(off, out _));
        Assert.False(P256.Verify(off, "data"u8, signature));
        Assert.True(PublicKey.TryCreate(KeyAlgorithm.P256, [0x04, .. new byte[64]], out var infinity));
        Assert.False(P256.Verify(infinity, "data"u8, signature));
    }
}
