using System.Text;

namespace Netclaw.Daemon.Importing;

/// <summary>A place in a text file as editors count it: lines and columns from 1, columns in characters.</summary>
internal static class FilePlace
{
    /// <param name="offset">In bytes; what lies behind the end is the end.</param>
    public static (int Line, int Column) Of(ReadOnlySpan<byte> utf8, long offset)
    {
        var before = utf8[..(int)Math.Min(offset, utf8.Length)];
        var lineStart = before.LastIndexOf((byte)'\n') + 1;
        return (before.Count((byte)'\n') + 1, Encoding.UTF8.GetCharCount(before[lineStart..]) + 1);
    }
}
