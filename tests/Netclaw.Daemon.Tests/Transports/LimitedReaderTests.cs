using System.Buffers;
using System.IO.Pipelines;
using System.Text;
using Netclaw.Daemon.Transports;
using Netclaw.Protocol;

namespace Netclaw.Daemon.Tests.Transports;

public sealed class LimitedReaderTests
{
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(10);

    private readonly Pipe _pipe = new(new PipeOptions(pauseWriterThreshold: 0));
    private readonly MessageLimit _limit = new();
    private readonly LimitedReader _reader;
    private int _exceeded;

    public LimitedReaderTests()
    {
        _reader = new LimitedReader(_pipe.Reader, _limit, delimiter: (byte)'|');
        _limit.OnExceeded(() => _exceeded++);
    }

    [Fact]
    public async Task HandsOn_AMessageOfExactlyTheLimit()
    {
        await Write(new string('a', Limits.PreAuthMessageBytes) + "|");

        Assert.Equal(Limits.PreAuthMessageBytes + 1, (await Read()).Buffer.Length);
        Assert.Equal(0, _exceeded);
    }

    [Fact]
    public async Task HandsOn_ManySmallMessagesThatTogetherAreLarge()
    {
        await Write(string.Concat(Enumerable.Repeat(new string('a', 1000) + "|", 200)));

        Assert.Equal(200_200, (await Read()).Buffer.Length);
        Assert.Equal(0, _exceeded);
    }

    [Fact]
    public async Task Stops_AtAMessageOneByteTooLong()
    {
        await Write(new string('a', Limits.PreAuthMessageBytes + 1) + "|");
        var read = _reader.ReadAsync().AsTask();

        Assert.Equal(1, _exceeded);
        Assert.False(read.IsCompleted);
        _reader.CancelPendingRead();
        Assert.True((await read.WaitAsync(Bound)).IsCanceled);
    }

    [Fact]
    public async Task Stops_WhenTheLongMessageComesSecondAndInPieces()
    {
        await Write("short|");
        for (var i = 0; i < 9; i++)
        {
            await Write(new string('b', 8000));
        }

        var read = _reader.ReadAsync().AsTask();
        Assert.Equal(1, _exceeded);
        _reader.Complete();
        Assert.True((await read.WaitAsync(Bound)).IsCompleted);
    }

    [Fact]
    public async Task HandsOn_ALargeMessage_OnceRaised()
    {
        _limit.Raise();
        await Write(new string('a', 1_000_000) + "|");

        Assert.Equal(1_000_001, (await Read()).Buffer.Length);
    }

    private async Task Write(string text) => await _pipe.Writer.WriteAsync(Encoding.ASCII.GetBytes(text));

    private async Task<ReadResult> Read() => await _reader.ReadAsync().AsTask().WaitAsync(Bound);
}
