using System.Net.Sockets;
using Netclaw.Daemon.Start;
using Netclaw.Protocol;

namespace Netclaw.Daemon.Listeners;

/// <summary>Clears the way for a Unix socket. Only called under the daemon's lock: then what lies there is of a dead daemon.</summary>
public static class ControlSocketPath
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode Everybody = (UnixFileMode)0b110_110_110;

    /// <returns>False, with the problem added, when something lives at the path or it is no socket.</returns>
    public static bool Clear(string path, StartProblems problems)
    {
        if (FileFacts.OfPath(path) is not { } facts)
        {
            return true;
        }

        if (facts.Kind != FileKind.Socket)
        {
            problems.Add(RefusalCode.HomeForeign, $"{path} is in the way: it is not a socket.", $"ls -la {Path.GetDirectoryName(path)}");
            return false;
        }

        // Somebody may have removed a live daemon's lock file by hand; its socket is still not ours to take.
        if (SomebodyListens(path))
        {
            problems.Add(RefusalCode.LockHeld, $"A process listens on {path}, although it does not hold the lock of this home.", $"fuser -v '{path}'");
            return false;
        }

        File.Delete(path);
        return true;
    }

    /// <summary>Kestrel binds with the mode the umask leaves; the directory is closed, so nobody can have come in before this.</summary>
    public static void Close(string path) => File.SetUnixFileMode(path, OwnerOnly);

    /// <summary>The shared socket: anybody may connect, and is told apart by the kernel.</summary>
    public static void Open(string path) => File.SetUnixFileMode(path, Everybody);

    private static bool SomebodyListens(string path)
    {
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            socket.Connect(new UnixDomainSocketEndPoint(path));
            return true;
        }
        catch (SocketException e)
        {
            return e.SocketErrorCode is not (SocketError.ConnectionRefused or SocketError.AddressNotAvailable);
        }
    }
}
