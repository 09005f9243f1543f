namespace Netclaw.Protocol.Tests.Keys;

/// <summary>Vectors of RFC 8032 section 7.1; OpenSSL itself signs nothing here.</summary>
public sealed class Ed25519Tests
{
    [Theory]
    [InlineData("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a", "",
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b")]
    [InlineData("3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c", "72",
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00")]
    [InlineData("fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025", "af82",
        "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a")]
    public void Signature_OfTheStandard_Holds_AndNoOther(string key, string data, string signature)
    {
        var (raw, message, signed) = (Key(key), Convert.FromHexString(data), Convert.FromHexString(signature));

        Assert.True(Ed25519.Verify(raw, message, signed));
        for (var bit = 0; bit < signed.Length * 8; bit++)
        {
            signed[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.False(Ed25519.Verify(raw, message, signed), $"bit {bit} was changed");
            signed[bit / 8] ^= (byte)(1 << (bit % 8));
        }

        Assert.False(Ed25519.Verify(raw, [.. message, 0], signed));
        Assert.False(Ed25519.Verify(raw, message, signed[..63]));
    }

    [Theory]
    [InlineData("0000000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("0000000000000000000000000000000000000000000000000000000000000080")]
    [InlineData("0100000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("0100000000000000000000000000000000000000000000000000000000000080")]
    [InlineData("26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05")]
    [InlineData("26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85")]
    [InlineData("c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a")]
    [InlineData("c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa")]
    [InlineData("ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f")]
    [InlineData("edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f")]
    [InlineData("eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff")]
    public void KeyOfSmallOrder_IsNobodys(string key)
    {
        // R of small order and s = 0: without the check of the key, this is a signature for a good part of all messages.
        var forged = new byte[64];
        forged[0] = 1;

        Assert.False(Ed25519.IsUsable(Key(key)));
        for (var i = 0; i < 64; i++)
        {
            Assert.False(Ed25519.Verify(Key(key), [(byte)i], forged));
        }
    }

    [Fact]
    public void KeyOfAnotherKind_IsRefused()
    {
        using var key = SigningKey.Generate();

        Assert.False(Ed25519.IsUsable(key.Public));
        Assert.False(Ed25519.Verify(key.Public, [1], new byte[64]));
    }

    private static PublicKey Key(string hex) => PublicKey.TryCreate(KeyAlgorithm.Ed25519, Convert.FromHexString(hex), out var key) ? key : throw new ArgumentException(hex);
}
