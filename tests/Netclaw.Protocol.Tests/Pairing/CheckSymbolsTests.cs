using static Netclaw.Protocol.Tests.Pairing.ExchangeFixture;

namespace Netclaw.Protocol.Tests.Pairing;

public sealed class CheckSymbolsTests
{
    [Fact]
    public void Commitment_IsThePublishedOne_AndHoldsForItsNonceAlone()
    {
        Assert.Equal(Commitment, CheckSymbols.Commit(NonceOf(9)));
        Assert.True(CheckSymbols.CommitmentHolds(Commitment, NonceOf(9)));
        Assert.False(CheckSymbols.CommitmentHolds(Commitment, NonceOf(8)));
    }

    [Theory]
    [InlineData(null, "CQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJ")]
    [InlineData("", "CQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJ")]
    [InlineData("!!!", "CQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJ")]
    [InlineData(Commitment, null)]
    [InlineData(Commitment, "")]
    [InlineData(Commitment, "a|b")]
    public void Commitment_DoesNotHold_ForMalformedText(string? commitment, string? nonce) =>
        Assert.False(CheckSymbols.CommitmentHolds(commitment, nonce));

    [Fact]
    public void Commitment_ToAShortNonce_DoesNotHold()
    {
        // A nonce that can be searched would let somebody in between choose the symbols.
        const string Short = "AAAA";
        Assert.False(CheckSymbols.CommitmentHolds(CheckSymbols.Commit(Short), Short));
    }

    [Fact]
    public void Symbols_AreThePublishedOnes() =>
        Assert.Equal(ExchangeFixture.Symbols, CheckSymbols.Compute(Gateway, Device, NonceOf(8), NonceOf(9)));

    [Fact]
    public void Symbols_DifferForEachInput()
    {
        string[] all =
        [
            CheckSymbols.Compute(Gateway, Device, NonceOf(8), NonceOf(9)),
            CheckSymbols.Compute(Key(7), Device, NonceOf(8), NonceOf(9)),
            CheckSymbols.Compute(Gateway, Key(7), NonceOf(8), NonceOf(9)),
            CheckSymbols.Compute(Gateway, Device, NonceOf(7), NonceOf(9)),
            CheckSymbols.Compute(Gateway, Device, NonceOf(8), NonceOf(7)),
            CheckSymbols.Compute(Device, Gateway, NonceOf(8), NonceOf(9)),
            CheckSymbols.Compute(Gateway, Device, NonceOf(9), NonceOf(8)),
        ];
        Assert.Equal(all.Length, all.Distinct().Count());
    }

    [Fact]
    public void Symbols_RefuseAnAmbiguousNonce() =>
        Assert.Throws<ArgumentException>(() => CheckSymbols.Compute(Gateway, Device, NonceOf(8) + "|x", NonceOf(9)));

    [Theory]
    [InlineData("DMSF-B5QV", "dmsf b5qv", true)]
    [InlineData("10SF-B5QV", "ioSF B5QV", true)]
    [InlineData("10SF-B5QV", "LOsfb5qv", true)]
    [InlineData("DMSF-B5QV", "DMSF-B5QW", false)]
    [InlineData("DMSF-B5QV", "DMSF-B5Q", false)]
    [InlineData("DMSF-B5QV", null, false)]
    [InlineData(null, null, false)]
    [InlineData("", "", false)]
    public void Same_ForgivesTyping_AndNothingElse(string? left, string? right, bool same)
    {
        Assert.Equal(same, CheckSymbols.Same(left, right));
        Assert.Equal(same, CheckSymbols.Same(right, left));
    }
}
