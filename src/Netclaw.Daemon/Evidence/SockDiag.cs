using System.Net;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Netclaw.Daemon.Evidence;

/// <summary>Asks the kernel about one socket over netlink (sock_diag(7)): a few microseconds, however many connections there are. Any thread may ask.</summary>
public sealed partial class SockDiag : IDisposable
{
    private const int Netlink = 16;
    private const int Raw = 3;
    private const int CloseOnExec = 0x80000;
    private const int SockDiagProtocol = 4;
    private const int DoNotWait = 0x40;
    private const int Interrupted = 4;
    private const int LongestAnswer = 4096;

    private readonly Lock _gate = new();
    private readonly SafeFileHandle _socket;
    private uint _sequence;

    private SockDiag(SafeFileHandle socket) => _socket = socket;

    /// <returns>Null where the system has no such thing.</returns>
    public static SockDiag? Open()
    {
        if (!OperatingSystem.IsLinux())
        {
            return null;
        }

        var diag = new SockDiag(new SafeFileHandle(Socket(Netlink, Raw | CloseOnExec, SockDiagProtocol), ownsHandle: true));
        if (!diag._socket.IsInvalid && diag.Answers())
        {
            return diag;
        }

        diag.Dispose();
        return null;
    }

    /// <param name="own">The end that is looked for, plain.</param>
    /// <param name="other">What it is connected to, plain.</param>
    /// <returns>Who made that socket; null: there is none, or nobody holds it.</returns>
    public uint? UserOf(IPEndPoint own, IPEndPoint other)
    {
        if (!SocketOwner.AreOneFamily(own, other))
        {
            return null;
        }

        Span<byte> answer = stackalloc byte[LongestAnswer];
        lock (_gate)
        {
            return SockDiagMessage.Read(answer[..Ask(own, other, answer)], own, other, _sequence);
        }
    }

    public void Dispose() => _socket.Dispose();

    /// <summary>The kernel answers within the send, so there is nothing to wait for; what is left of an earlier question goes first.</summary>
    private int Ask(IPEndPoint own, IPEndPoint other, Span<byte> answer)
    {
        Span<byte> request = stackalloc byte[SockDiagMessage.RequestLength];
        SockDiagMessage.Write(request, own, other, ++_sequence);
        while (Send(_socket, request, (nuint)request.Length, 0) < 0)
        {
            if (Marshal.GetLastPInvokeError() != Interrupted)
            {
                return 0;
            }
        }

        while (true)
        {
            var length = (int)Receive(_socket, answer, (nuint)answer.Length, DoNotWait);
            if (length >= 12 && MemoryMarshal.Read<uint>(answer[8..]) == _sequence)
            {
                return length;
            }

            if (length < 0 && Marshal.GetLastPInvokeError() != Interrupted)
            {
                return 0;
            }
        }
    }

    /// <summary>A kernel without inet_diag, or a sandbox, lets the socket be made and then does not answer at all, or with another error than "no such socket".</summary>
    private bool Answers()
    {
        const ushort Error = 2;
        const int NoEntry = -2;
        Span<byte> answer = stackalloc byte[LongestAnswer];
        var nobody = new IPEndPoint(IPAddress.Loopback, 0);
        lock (_gate)
        {
            var length = Ask(nobody, nobody, answer);
            return length >= 20 && MemoryMarshal.Read<ushort>(answer[4..]) == Error && MemoryMarshal.Read<int>(answer[16..]) == NoEntry;
        }
    }

    [LibraryImport("libc", EntryPoint = "socket", SetLastError = true)]
    private static partial int Socket(int domain, int type, int protocol);

    [LibraryImport("libc", EntryPoint = "send", SetLastError = true)]
    private static partial nint Send(SafeFileHandle socket, ReadOnlySpan<byte> buffer, nuint length, int flags);

    [LibraryImport("libc", EntryPoint = "recv", SetLastError = true)]
    private static partial nint Receive(SafeFileHandle socket, Span<byte> buffer, nuint length, int flags);
}
