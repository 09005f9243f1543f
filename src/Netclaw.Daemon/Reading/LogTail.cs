using System.Text;
using Netclaw.Protocol;

namespace Netclaw.Daemon.Reading;

/// <summary>The whole lines of a log that grows and is renamed away when it is full: from a cursor on, or its end. A line that is still being written waits.</summary>
internal static class LogTail
{
    private const byte LineFeed = (byte)'\n';

    /// <exception cref="IOException">It cannot be read. A file that is not there is an empty one.</exception>
    public static LogsTailResult Read(string path, LogsTailParams wanted)
    {
        if (!File.Exists(path))
        {
            return new LogsTailResult(path, 0, 0, [], Reset: wanted.Cursor > 0 ? true : null);
        }

        using var file = File.OpenHandle(path, share: FileShare.ReadWrite | FileShare.Delete);
        var size = RandomAccess.GetLength(file);
        var reset = wanted.Cursor > size; // the file of before was longer: this is another one
        var from = reset ? null : wanted.Cursor;
        var most = wanted.MaxBytes ?? LogsTailParams.UsualBytes;
        var start = Math.Max(from ?? 0, size - most);
        var bytes = new byte[size - start];
        var text = bytes.AsSpan(0, RandomAccess.Read(file, bytes, start));

        // Not at a cursor and not at the beginning: the first line may be the rest of one.
        var first = start == (from ?? 0) ? 0 : text.IndexOf(LineFeed) + 1;
        var end = text.LastIndexOf(LineFeed) + 1;
        var lines = end <= first ? [] : Encoding.UTF8.GetString(text[first..(end - 1)]).Split('\n');
        var limit = wanted.Limit ?? LogsTailParams.UsualLines;
        var dropped = Math.Max(0, lines.Length - limit);
        var skipped = start + (end <= first ? 0 : first) - (from ?? 0) + lines.Take(dropped).Sum(line => Encoding.UTF8.GetByteCount(line) + 1L);
        return new LogsTailResult(
            path, end <= first ? start + first : start + end, size, [.. lines.Skip(dropped)],
            Truncated: skipped > 0 ? true : null, Reset: reset ? true : null, SkippedBytes: from is not null && skipped > 0 ? skipped : null);
    }
}
