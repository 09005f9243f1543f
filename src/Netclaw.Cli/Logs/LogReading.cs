using System.Text;

namespace Netclaw.Cli.Logs;

/// <summary>A place in a file that grows. Lines are read whole: an unfinished one is left for the next time.</summary>
internal sealed class LogReading(FileStream file) : IDisposable
{
    /// <summary>How much is read at once, in bytes, unless a line is longer.</summary>
    private const int Portion = 1024 * 1024;

    /// <summary>How much of what was read is compared, in bytes: lines begin with the time, so no two files agree in it.</summary>
    private const int Memory = 128;

    private long _position;
    private byte[] _before = [];

    public FileStream Stream => file;

    /// <summary>What stands before this place is not what was read there.</summary>
    public bool WasShortened => !Bytes(_position - _before.Length, _before.Length).AsSpan().SequenceEqual(_before);

    /// <param name="reach">How many bytes may be read; what was is taken off.</param>
    public IReadOnlyList<string> LastLines(int count, ref int reach)
    {
        var length = RandomAccess.GetLength(file.SafeFileHandle);
        var skipped = Math.Max(0, length - reach);
        reach = skipped > 0 ? 0 : reach - (int)length;
        _position = skipped;
        var lines = Whole(Bytes(skipped, length - skipped));
        // The first line of a cut is not whole.
        return [.. lines.Skip(skipped > 0 ? 1 : 0).TakeLast(count)];
    }

    /// <summary>The next lines; none also when the file was shortened.</summary>
    public IReadOnlyList<string> Read()
    {
        for (var portion = (long)Portion; ; portion *= 2)
        {
            // Together with what was read before: a file that was emptied in between and has grown again must not be taken for the same.
            var bytes = Bytes(_position - _before.Length, _before.Length + portion);
            if (!bytes.AsSpan().StartsWith(_before))
            {
                return [];
            }

            var lines = Whole(bytes.AsSpan(_before.Length));
            if (lines.Count > 0 || bytes.Length < _before.Length + portion)
            {
                return lines;
            }
        }
    }

    /// <summary>All that there still is, of a file that nobody writes to any more: its end may be no whole line.</summary>
    public IReadOnlyList<string> Rest()
    {
        var all = new List<string>();
        while (Read() is { Count: > 0 } lines)
        {
            all.AddRange(lines);
        }

        return [.. all, .. Unfinished()];
    }

    public IEnumerable<string> Unfinished()
    {
        var bytes = Bytes(_position, RandomAccess.GetLength(file.SafeFileHandle) - _position);
        return bytes.Length > 0 ? [Encoding.UTF8.GetString(bytes)] : [];
    }

    /// <summary>Goes to the other one's place, if what was read before it is here too.</summary>
    public bool GoOnLike(LogReading other)
    {
        (_position, _before) = (other._position, other._before);
        return !WasShortened;
    }

    public void StartAgain() => (_position, _before) = (0, []);

    public void Dispose() => file.Dispose();

    private List<string> Whole(ReadOnlySpan<byte> bytes)
    {
        var whole = bytes.LastIndexOf((byte)'\n') + 1;
        if (whole == 0)
        {
            return [];
        }

        _position += whole;
        _before = bytes[Math.Max(0, whole - Memory)..whole].ToArray();
        return [.. Encoding.UTF8.GetString(bytes[..(whole - 1)]).Split('\n')];
    }

    private byte[] Bytes(long from, long count)
    {
        var bytes = new byte[Math.Clamp(RandomAccess.GetLength(file.SafeFileHandle) - from, 0, count)];
        var read = 0;
        while (read < bytes.Length && RandomAccess.Read(file.SafeFileHandle, bytes.AsSpan(read), from + read) is > 0 and var more)
        {
            read += more;
        }

        return bytes[..read];
    }
}
