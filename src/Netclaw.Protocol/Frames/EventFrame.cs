using System.Buffers.Text;
using System.Text.Json;

namespace Netclaw.Protocol.Frames;

/// <summary>Which presence and which health an event or a snapshot speaks of: whoever knows a later one drops it (gateway-protocol.md section 1). Both only grow.</summary>
public readonly record struct StateVersion(long Presence, long Health);

/// <summary>An event's frame as UTF-8 JSON, but for the number, which is each connection's own.</summary>
public sealed class EventFrame
{
    private const int LongestNumber = 19;

    private readonly ReadOnlyMemory<byte> _frame;

    private EventFrame(ReadOnlyMemory<byte> frame) => _frame = frame;

    /// <summary>Everything before the number: the same bytes for every connection.</summary>
    public ReadOnlyMemory<byte> Head => _frame[..^1];

    /// <summary>At most so many bytes follow the head.</summary>
    public static int TailBytes => ",\"seq\":"u8.Length + LongestNumber + 1;

    public static EventFrame Of(string name, JsonElement payload, StateVersion? version = null) => new(FrameWriter.Event(name, payload, sequence: null, version));

    /// <summary>What follows the head, for a connection's <paramref name="sequence"/>-th event.</summary>
    /// <returns>How many bytes of <paramref name="into"/> it takes.</returns>
    public static int WriteTail(long sequence, Span<byte> into)
    {
        var label = ",\"seq\":"u8;
        label.CopyTo(into);
        Utf8Formatter.TryFormat(sequence, into[label.Length..], out var digits);
        into[label.Length + digits] = (byte)'}';
        return label.Length + digits + 1;
    }
}
