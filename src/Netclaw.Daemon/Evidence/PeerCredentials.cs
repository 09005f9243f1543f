using System.Collections.Immutable;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using Netclaw.Actors.Trust;
using Netclaw.Daemon.Spawning;

namespace Netclaw.Daemon.Evidence;

/// <summary>
/// Asks the kernel who is at the other end of a Unix socket (unix(7): SO_PEERCRED, SO_PEERGROUPS, SO_PEERPIDFD), once, at accept. The
/// credentials are those of the moment of <c>connect</c>.
/// </summary>
/// <param name="mark">On the programs of earlier daemons of this home, which descend from none that lives; null: nothing is known of them.</param>
public sealed class PeerCredentials(IProcessTable table, int daemon, ChildMark? mark = null)
{
    private const int SocketLevel = 1;
    private const int PeerCred = 17;
    private const int PeerGroups = 59;
    private const int MostGroups = 65536;

    /// <returns>Null when the kernel does not say; unknown satisfies no rule.</returns>
    public PeerProcess? Of(Socket socket)
    {
        try
        {
            Span<byte> raw = stackalloc byte[12];
            if (socket.GetRawSocketOption(SocketLevel, PeerCred, raw) != raw.Length)
            {
                return null;
            }

            // struct ucred: pid, uid, gid. No uid at all (-1) is what a socket says that is not a Unix one.
            var numbers = MemoryMarshal.Cast<byte, uint>(raw);
            return numbers[1] == uint.MaxValue ? null : new PeerProcess(numbers[1], numbers[2], (int)numbers[0], Groups(socket), Descends((int)numbers[0], socket));
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            return null;
        }
    }

    private bool? Descends(int process, Socket socket)
    {
        // Held while the parents are walked: as long as the peer lives, its pid is nobody else's.
        using var held = PidFd.OfPeer(socket);
        var descends = Descent.DescendsFrom(process, daemon, table);
        if (descends is false && mark is not null)
        {
            descends = mark.IsInFamilyOf(process, table);
        }

        return held is { Lives: false } ? null : descends;
    }

    private static ImmutableArray<uint> Groups(Socket socket)
    {
        var raw = new byte[256];
        while (true)
        {
            try
            {
                var length = socket.GetRawSocketOption(SocketLevel, PeerGroups, raw);
                return [.. MemoryMarshal.Cast<byte, uint>(raw.AsSpan(0, length))];
            }
            catch (SocketException) when (raw.Length < MostGroups * sizeof(uint))
            {
                raw = new byte[raw.Length * 16];
            }
            catch (SocketException)
            {
                return [];
            }
        }
    }
}
