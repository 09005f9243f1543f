namespace Netclaw.Actors.Bulletins;

public sealed class BulletinPaceTests
{
    [Theory]
    [InlineData(300, 3, 250)]
    [InlineData(20_000, 1_000, 2_384)]
    [InlineData(20_000, 10_000, 23_841)]
    [InlineData(20_000, 50_000, 60_000)]
    public void NextTelling_WaitsForWhatTheLastOneCost_WithinBounds(long bytes, int listeners, int milliseconds) =>
        Assert.Equal(milliseconds, (int)BulletinPace.After(bytes, listeners).TotalMilliseconds);

    [Fact]
    public void TenThousandWhoReconnect_CostNoMoreThanTheirBytesASecond()
    {
        // They come within eight seconds, and every telling reaches all of them.
        var (told, at) = (0L, TimeSpan.Zero);
        while (at < TimeSpan.FromSeconds(8))
        {
            told += 20_000L * 10_000;
            at += BulletinPace.After(20_000, 10_000);
        }

        Assert.Equal(20_000L * 10_000, told);
    }
}
