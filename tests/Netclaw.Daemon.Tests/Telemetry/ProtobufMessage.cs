using System.Buffers.Binary;
using System.Text;

namespace Netclaw.Daemon.Tests.Telemetry;

/// <summary>A protobuf message read without its schema: fields by number, in order (protobuf.dev, "Encoding"). Enough to look into OTLP.</summary>
internal sealed class ProtobufMessage
{
    private readonly List<(int Field, object Value)> _fields = [];

    private ProtobufMessage()
    {
    }

    /// <exception cref="FormatException">It is no protobuf.</exception>
    public static ProtobufMessage Parse(ReadOnlyMemory<byte> bytes)
    {
        var message = new ProtobufMessage();
        for (var at = 0; at < bytes.Length;)
        {
            var key = Varint(bytes.Span, ref at);
            var field = (int)(key >> 3);
            switch (key & 7)
            {
                case 0:
                    message._fields.Add((field, Varint(bytes.Span, ref at)));
                    break;
                case 1:
                    message._fields.Add((field, BinaryPrimitives.ReadUInt64LittleEndian(Take(bytes, ref at, 8).Span)));
                    break;
                case 2:
                    message._fields.Add((field, Take(bytes, ref at, checked((int)Varint(bytes.Span, ref at)))));
                    break;
                case 5:
                    message._fields.Add((field, (ulong)BinaryPrimitives.ReadUInt32LittleEndian(Take(bytes, ref at, 4).Span)));
                    break;
                default:
                    throw new FormatException($"wire type {key & 7} at {at}");
            }
        }

        return message;
    }

    public bool Has(int field) => _fields.Exists(entry => entry.Field == field);

    public ulong Number(int field) => All(field).OfType<ulong>().SingleOrDefault();

    public ReadOnlyMemory<byte> Bytes(int field) => All(field).OfType<ReadOnlyMemory<byte>>().SingleOrDefault();

    public string Text(int field) => Encoding.UTF8.GetString(Bytes(field).Span);

    public IEnumerable<ProtobufMessage> Messages(int field) => All(field).OfType<ReadOnlyMemory<byte>>().Select(bytes => Parse(bytes));

    /// <summary>The messages at the end of a path of repeated or single fields.</summary>
    public IEnumerable<ProtobufMessage> Messages(params ReadOnlySpan<int> path)
    {
        IEnumerable<ProtobufMessage> found = [this];
        foreach (var field in path)
        {
            found = found.SelectMany(message => message.Messages(field)).ToList();
        }

        return found;
    }

    private IEnumerable<object> All(int field) => _fields.Where(entry => entry.Field == field).Select(entry => entry.Value);

    private static ReadOnlyMemory<byte> Take(ReadOnlyMemory<byte> bytes, ref int at, int count)
    {
        if (count < 0 || at + count > bytes.Length)
        {
            throw new FormatException($"{count} bytes at {at} are not there");
        }

        at += count;
        return bytes.Slice(at - count, count);
    }

    private static ulong Varint(ReadOnlySpan<byte> bytes, ref int at)
    {
        ulong value = 0;
        for (var shift = 0; shift < 64; shift += 7)
        {
            if (at >= bytes.Length)
            {
                throw new FormatException("a number is cut off");
            }

            var next = bytes[at++];
            value |= (ulong)(next & 0x7f) << shift;
            if (next < 0x80)
            {
                return value;
            }
        }

        throw new FormatException("a number is too long");
    }
}
