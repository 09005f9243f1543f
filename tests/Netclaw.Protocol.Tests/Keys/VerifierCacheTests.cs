using System.Security.Cryptography;

namespace Netclaw.Protocol.Tests.Keys;

public sealed class VerifierCacheTests
{
    private static readonly ECDsa Any = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    private static PublicKey Key(int number)
    {
        byte[] raw = [0x04, .. new byte[60], .. BitConverter.GetBytes(number)];
        return PublicKey.TryCreate(KeyAlgorithm.P256, raw, out var key) ? key : throw new ArgumentException("not 65 bytes");
    }

    [Fact]
    public void AFloodOfKeys_NeverExceedsTwoGenerations()
    {
        var cache = new VerifierCache(8);
        for (var i = 0; i < 1000; i++)
        {
            cache.Remember(Key(i), Any);
            Assert.True(cache.Count <= 16);
        }
    }

    [Fact]
    public void AKeyInUse_StaysThroughAFlood_AndAnIdleOneGoes()
    {
        var cache = new VerifierCache(8);
        cache.Remember(Key(-1), Any);
        cache.Remember(Key(-2), Any);
        for (var i = 0; i < 100; i++)
        {
            cache.Remember(Key(i), Any);
            Assert.Same(Any, cache.Find(Key(-1)));
        }

        Assert.Null(cache.Find(Key(-2)));
    }

    [Fact]
    public void RememberingTwice_KeepsOne()
    {
        var cache = new VerifierCache(2);
        for (var i = 0; i < 10; i++)
        {
            cache.Remember(Key(i % 2), Any);
        }

        Assert.Equal(2, cache.Count);
        Assert.NotNull(cache.Find(Key(0)));
        Assert.NotNull(cache.Find(Key(1)));
    }
}
