using System.Net.Sockets;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Netclaw.Daemon.Evidence;

/// <summary>A handle on one very process (pidfd_open(2)): it cannot come to mean another one.</summary>
internal sealed partial class PidFd : IDisposable
{
    private const int SocketLevel = 1;
    private const int PeerPidFdOption = 77;
    private const short Readable = 1;

    // The same on every architecture.
    private const nint OpenCall = 434;
    private const nint SendCall = 424;

    private readonly SafeFileHandle _descriptor;

    private PidFd(SafeFileHandle descriptor) => _descriptor = descriptor;

    public bool Lives => !Ends(TimeSpan.Zero);

    /// <summary>Of the process at the other end of a Unix socket (SO_PEERPIDFD, Linux 6.5).</summary>
    /// <returns>Null where the kernel has no such thing.</returns>
    public static PidFd? OfPeer(Socket socket)
    {
        try
        {
            Span<byte> raw = stackalloc byte[4];
            return socket.GetRawSocketOption(SocketLevel, PeerPidFdOption, raw) == raw.Length
                ? new PidFd(new SafeFileHandle(MemoryMarshal.Read<int>(raw), ownsHandle: true))
                : null;
        }
        catch (SocketException)
        {
            return null;
        }
    }

    /// <returns>Null when the process is gone, or where the kernel has no such thing (Linux 5.3).</returns>
    public static PidFd? OfProcess(int process) =>
        SystemCall(OpenCall, process, 0, 0, 0) is >= 0 and var descriptor ? new PidFd(new SafeFileHandle(descriptor, ownsHandle: true)) : null;

    /// <summary>Waits without a descriptor.</summary>
    public static void Pause(TimeSpan length)
    {
        var nobody = default(PollDescriptor);
        _ = Poll(ref nobody, 0, (int)length.TotalMilliseconds);
    }

    /// <summary>A pidfd becomes readable when its process exits.</summary>
    /// <returns>False: not in that time.</returns>
    public bool Ends(TimeSpan within)
    {
        var asked = new PollDescriptor { Descriptor = (int)_descriptor.DangerousGetHandle(), Events = Readable };
        return Poll(ref asked, 1, (int)within.TotalMilliseconds) != 0;
    }

    /// <returns>False when it is gone, or somebody else's.</returns>
    public bool Send(int signal) => SystemCall(SendCall, _descriptor.DangerousGetHandle(), signal, 0, 0) == 0;

    public void Dispose() => _descriptor.Dispose();

    [LibraryImport("libc", EntryPoint = "syscall")]
    private static partial nint SystemCall(nint number, nint first, nint second, nint third, nint fourth);

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
