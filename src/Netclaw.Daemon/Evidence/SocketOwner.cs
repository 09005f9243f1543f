using System.Net;
using System.Net.Sockets;

namespace Netclaw.Daemon.Evidence;

/// <summary>One end of an established TCP connection on this machine, as the kernel's tables name it.</summary>
/// <param name="UserId">Of whoever made the socket.</param>
/// <param name="Inode">0 when no process holds it any more; then the kernel says user 0 and means nobody.</param>
public readonly record struct SocketOwner(uint UserId, ulong Inode)
{
    /// <summary>TCP_ESTABLISHED. In every other state the socket may be a mere remainder, which the kernel gives to user 0.</summary>
    public const byte Established = 1;

    /// <returns>Null: a remainder without an owner.</returns>
    public static uint? UserOf(byte state, SocketOwner owner) => state == Established && owner.Inode != 0 ? owner.UserId : null;

    /// <summary>How the kernel numbers the family of both ends; they are one once IPv4-mapped IPv6 is plain.</summary>
    internal static bool AreOneFamily(IPEndPoint one, IPEndPoint other) =>
        one.AddressFamily == other.AddressFamily && one.AddressFamily is AddressFamily.InterNetwork or AddressFamily.InterNetworkV6;
}
