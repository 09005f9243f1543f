using System.Text;
using System.Text.Json;
using Netclaw.Protocol.Frames;

namespace Netclaw.Protocol.Tests.Frames;

public sealed class SharedEventTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(12_345)]
    [InlineData(long.MaxValue)]
    public void Frame_IsTheSameAsOneWrittenForThisConnectionAlone(long sequence)
    {
        var payload = JsonElement.Parse("""{"ts":1}""");
        var version = new StateVersion(3, 4);
        var frame = new SharedEvent("tick", payload, version).Frame!;
        var tail = new byte[EventFrame.TailBytes];

        var length = EventFrame.WriteTail(sequence, tail);

        Assert.Equal(
            Encoding.UTF8.GetString(FrameWriter.Event("tick", payload, sequence, version).Span), Encoding.UTF8.GetString(frame.Head.Span) + Encoding.UTF8.GetString(tail.AsSpan(0, length)));
    }

    [Fact]
    public void Frame_IsMadeOnce_AndNotAtAllWhereTheProtocolHasNoWord()
    {
        var said = new SharedEvent("device.pair.changed", JsonElement.Parse("""{"label":"den"}"""));

        Assert.Same(said.Frame, said.Frame);
        Assert.Null(new SharedEvent(Closing.EventName, JsonElement.Parse("{}")).Frame);
    }
}
