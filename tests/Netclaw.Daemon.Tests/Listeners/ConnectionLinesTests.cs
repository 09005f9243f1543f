using System.Buffers;
using System.Text;
using Netclaw.Daemon.Listeners;

namespace Netclaw.Daemon.Tests.Listeners;

public sealed class ConnectionLinesTests
{
    [Theory]
    [InlineData("GET / HTTP/1.1\r\nHost: a\r\n\r\n")]
    [InlineData("GET / HTTP/1.1\r\nConnection: Upgrade, X-User\r\n\r\n", "Upgrade, X-User")]
    [InlineData("GET / HTTP/1.1\r\nHost: a\r\ncONNECTION:close\r\nX: y\r\nConnection:\t b \r\n\r\n", "close", "b")]
    [InlineData("GET / HTTP/1.1\nConnection: a\n\nConnection: body\n", "a")]
    [InlineData("\r\nGET / HTTP/1.1\r\nConnection: a\r\n\r\n", "a")]
    [InlineData("GET / HTTP/1.1\r\nX-Connection: a\r\nConnections: b\r\nConnection : c\r\n Connection: d\r\nProxy-Connection: e\r\nconnectio: f\r\n\r\n")]
    [InlineData("Connection: a\r\nConnection: b\r\n\r\n", "b")]
    [InlineData("GET / HTTP/1.1\r\nConnection: a\r\n\r\nConnection: b\r\n\r\n", "a")]
    [InlineData("GET / HTTP/1.1\r\nConnection:\r\n\r\n", "")]
    public void AreFound_WhereverTheBytesAreCut(string text, params string[] values)
    {
        var bytes = Encoding.ASCII.GetBytes(text);
        for (var size = 1; size <= bytes.Length; size++)
        {
            var lines = new ConnectionLines();
            foreach (var chunk in bytes.Chunk(size))
            {
                lines.Feed(new ReadOnlySequence<byte>(chunk));
            }

            Assert.Equal(values, lines.Values);
            Assert.True(lines.IsComplete);
        }
    }

    [Fact]
    public void AreNotComplete_BeforeTheHeadEnds()
    {
        var lines = new ConnectionLines();
        lines.Feed(new ReadOnlySequence<byte>("\r\n\r\nGET / HTTP/1.1\r\nConnection: a\r\n"u8.ToArray()));
        Assert.False(lines.IsComplete);
    }
}
