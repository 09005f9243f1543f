using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Netclaw.Daemon.Backups;

/// <summary>What stands in one frame of an archive.</summary>
internal enum FrameKind : byte
{
    /// <summary>First: JSON, <see cref="ArchiveHead"/>.</summary>
    Head = 1,

    /// <summary>JSON, <see cref="ArchiveFile"/>; its content follows in <see cref="Content"/>s.</summary>
    File = 2,

    Content = 3,

    /// <summary>A row of the journal, <see cref="ArchiveRecord"/>.</summary>
    Record = 4,

    /// <summary>Last: JSON, <see cref="ArchiveEnd"/>.</summary>
    End = 5,
}

/// <summary>
/// A frame as it is stored: kind (1), length of the content (4, big-endian), SHA-256 over number (8), kind, length and content (32), content. The number is not
/// stored: a frame that is missing, doubled or in another place has another sum. No byte of an archive is outside of a sum.
/// </summary>
internal static class ArchiveFrame
{
    public const int HeaderBytes = 1 + 4 + SHA256.HashSizeInBytes;

    /// <summary>More than any frame that is written; what says to be longer is damaged.</summary>
    public const int MostBytes = 16 * 1024 * 1024;

    private const int LengthAt = 1;
    private const int SumAt = 5;
    private const int NumberBytes = 8;

    public static void WriteHeader(Span<byte> header, long number, FrameKind kind, ReadOnlySpan<byte> content)
    {
        header[0] = (byte)kind;
        BinaryPrimitives.WriteInt32BigEndian(header[LengthAt..], content.Length);
        Sum(header[SumAt..], number, header[..SumAt], content);
    }

    /// <summary>Of the content that follows; below 0 or above <see cref="MostBytes"/> for a damaged one.</summary>
    public static int Length(ReadOnlySpan<byte> header) => BinaryPrimitives.ReadInt32BigEndian(header[LengthAt..]);

    public static bool Matches(ReadOnlySpan<byte> header, long number, ReadOnlySpan<byte> content)
    {
        Span<byte> sum = stackalloc byte[SHA256.HashSizeInBytes];
        Sum(sum, number, header[..SumAt], content);
        return sum.SequenceEqual(header[SumAt..HeaderBytes]);
    }

    private static void Sum(Span<byte> sum, long number, ReadOnlySpan<byte> start, ReadOnlySpan<byte> content)
    {
        // In one piece: calls into the hash cost more than hashing a record.
        var whole = ArrayPool<byte>.Shared.Rent(NumberBytes + start.Length + content.Length);
        BinaryPrimitives.WriteInt64BigEndian(whole, number);
        start.CopyTo(whole.AsSpan(NumberBytes));
        content.CopyTo(whole.AsSpan(NumberBytes + start.Length));
        _ = SHA256.HashData(whole.AsSpan(0, NumberBytes + start.Length + content.Length), sum);
        ArrayPool<byte>.Shared.Return(whole, clearArray: true);
    }
}
