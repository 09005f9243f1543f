using System.Runtime.InteropServices;
using System.Text;

namespace Netclaw.Daemon.Start;

/// <summary>File descriptor 2, for start problems and the foreground log. What nobody can read any more is dropped; the log file has everything.</summary>
public static partial class StandardError
{
    private const int Descriptor = 2;

    private static readonly Lock Gate = new();

    public static void Write(string text)
    {
        ReadOnlySpan<byte> left = Encoding.UTF8.GetBytes(text);
        lock (Gate)
        {
            // The kernel's own position: the stream may be a file that others append to as well.
            while (!left.IsEmpty && Write(Descriptor, left, (nuint)left.Length) is > 0 and var written)
            {
                left = left[(int)written..];
            }
        }
    }

    [LibraryImport("libc", EntryPoint = "write")]
    private static partial nint Write(int descriptor, ReadOnlySpan<byte> bytes, nuint length);
}
