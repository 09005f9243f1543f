using Netclaw.Cli.Output;
using Netclaw.Protocol;

namespace Netclaw.Cli.Tests.Output;

public sealed class QrCodeTests
{
    [Fact]
    public void FitsATerminal_WithALongLink()
    {
        var link = PairingLink.Build(new Uri("https://gateway.some-rather-long-host-name.example:15199"), PairingCode.New(), SigningKey.Generate().Public);

        var lines = QrCode.Lines(link.Reveal(), color: false);

        Assert.InRange(lines.Count, 20, 40);
        Assert.All(lines, line => Assert.Equal(lines[0].Length, line.Length));
        Assert.InRange(lines[0].Length, 40, 78);
    }

    [Fact]
    public void DrawsTheFinderPattern_InsideAQuietZone()
    {
        var lines = QrCode.Lines("netclaw", color: false);

        // Two light modules around, then the dark ring of the upper left finder pattern: its top row over its second row.
        Assert.All(lines[0], symbol => Assert.Equal('█', symbol));
        Assert.Equal("██ ▄▄▄▄▄ █", lines[1][..10]);
        Assert.Equal("██ █   █ █", lines[2][..10]);
    }
}
