using System.Text;
using Microsoft.Win32.SafeHandles;

namespace Netclaw.Daemon.Start;

/// <summary>File descriptor 2, for start problems and the foreground log. Writes that nobody reads are dropped.</summary>
public static class StandardError
{
    private static readonly Lock Gate = new();

    public static void Write(string text)
    {
        lock (Gate)
        {
            try
            {
                using var handle = new SafeFileHandle(2, ownsHandle: false);
                RandomAccess.Write(handle, Encoding.UTF8.GetBytes(text), fileOffset: 0);
            }
            catch (IOException)
            {
                // The terminal or pipe is gone; the log file has everything.
            }
        }
    }
}
