using System.Net.Sockets;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Netclaw.Daemon.Evidence;

/// <summary>A handle on the very process at the other end of a Unix socket (SO_PEERPIDFD, Linux 6.5): it cannot come to mean another one.</summary>
internal sealed partial class PeerPidFd : IDisposable
{
    private const int SocketLevel = 1;
    private const int PeerPidFdOption = 77;
    private const short Readable = 1;

    private readonly SafeFileHandle _descriptor;

    private PeerPidFd(SafeFileHandle descriptor) => _descriptor = descriptor;

    /// <summary>A pidfd becomes readable when its process exits (pidfd_open(2)).</summary>
    public bool Lives
    {
        get
        {
            var asked = new PollDescriptor { Descriptor = (int)_descriptor.DangerousGetHandle(), Events = Readable };
            return Poll(ref asked, 1, 0) == 0;
        }
    }

    /// <returns>Null where the kernel has no such thing; the start times of the walk then stand alone.</returns>
    public static PeerPidFd? Of(Socket socket)
    {
        try
        {
            Span<byte> raw = stackalloc byte[4];
            return socket.GetRawSocketOption(SocketLevel, PeerPidFdOption, raw) == raw.Length
                ? new PeerPidFd(new SafeFileHandle(MemoryMarshal.Read<int>(raw), ownsHandle: true))
                : null;
        }
        catch (SocketException)
        {
            return null;
        }
    }

    public void Dispose() => _descriptor.Dispose();

    [LibraryImport("libc", EntryPoint = "poll")]
    private static partial int Poll(ref PollDescriptor descriptors, nuint count, int timeout);

    [StructLayout(LayoutKind.Sequential)]
    private struct PollDescriptor
    {
        public int Descriptor;
        public short Events;
        public short Returned;
    }
}
