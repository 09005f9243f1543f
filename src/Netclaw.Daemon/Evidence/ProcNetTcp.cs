using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Netclaw.Daemon.Evidence;

/// <summary>The kernel's table of TCP sockets as text (proc(5), <c>/proc/net/tcp</c> and <c>tcp6</c>): read whole, so only where <see cref="SockDiag"/> cannot be had.</summary>
public sealed class ProcNetTcp(string directory = "/proc/net")
{
    private const int LocalColumn = 1;
    private const int RemoteColumn = 2;
    private const int StateColumn = 3;
    private const int UserColumn = 7;
    private const int InodeColumn = 9;

    /// <summary>As <see cref="SockDiag.UserOf"/>.</summary>
    public uint? UserOf(IPEndPoint own, IPEndPoint other) => !SocketOwner.AreOneFamily(own, other) ? null
        : own.AddressFamily == AddressFamily.InterNetworkV6 ? Find("tcp6", own, other)
        // A socket of either family may hold an IPv4 connection.
        : Find("tcp", own, other) ?? Find("tcp6", Mapped(own), Mapped(other));

    private uint? Find(string table, IPEndPoint own, IPEndPoint other)
    {
        var (ownText, otherText) = (Text(own), Text(other));
        try
        {
            foreach (var line in File.ReadLines(Path.Combine(directory, table)))
            {
                var columns = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
                if (columns.Length > InodeColumn && columns[LocalColumn] == ownText && columns[RemoteColumn] == otherText)
                {
                    return UserOf(columns);
                }
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Unknown satisfies nothing.
        }

        return null;
    }

    private static uint? UserOf(string[] columns) =>
        byte.TryParse(columns[StateColumn], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var state)
        && uint.TryParse(columns[UserColumn], NumberStyles.None, CultureInfo.InvariantCulture, out var user)
        && ulong.TryParse(columns[InodeColumn], NumberStyles.None, CultureInfo.InvariantCulture, out var inode)
            ? SocketOwner.UserOf(state, new SocketOwner(user, inode))
            : null;

    /// <summary>Each 32 bits of the address as a number of this machine, in hexadecimal.</summary>
    private static string Text(IPEndPoint endpoint)
    {
        var words = System.Runtime.InteropServices.MemoryMarshal.Cast<byte, uint>(endpoint.Address.GetAddressBytes());
        var address = string.Concat(words.ToArray().Select(word => word.ToString("X8", CultureInfo.InvariantCulture)));
        return string.Create(CultureInfo.InvariantCulture, $"{address}:{endpoint.Port:X4}");
    }

    private static IPEndPoint Mapped(IPEndPoint endpoint) => new(endpoint.Address.MapToIPv6(), endpoint.Port);
}
