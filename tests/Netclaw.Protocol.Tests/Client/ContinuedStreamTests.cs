namespace Netclaw.Protocol.Tests.Client;

public sealed class ContinuedStreamTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(100)]
    public async Task HandsOutTheFirstBytes_ThenTheRest_InAnyPortions(int portion)
    {
        await using var stream = new ContinuedStream("first "u8.ToArray(), new MemoryStream("and then the rest"u8.ToArray()));
        var read = new MemoryStream();
        var buffer = new byte[portion];
        while (await stream.ReadAsync(buffer.AsMemory()) is > 0 and var count)
        {
            read.Write(buffer, 0, count);
        }

        Assert.Equal("first and then the rest"u8, read.ToArray());
    }

    [Fact]
    public async Task Writes_GoToTheRest_WhichEndsWithIt()
    {
        var rest = new MemoryStream();
        await using (var stream = new ContinuedStream(new byte[1], rest))
        {
            await stream.WriteAsync("out"u8.ToArray());
            await stream.FlushAsync();
            Assert.Equal("out"u8, rest.ToArray());
        }

        Assert.False(rest.CanRead);
    }
}
