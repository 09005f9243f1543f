using System.Net;
using System.Net.Sockets;

namespace Netclaw.Actors.Trust;

/// <summary>What limits count by: a local user, an IPv4 address, or the /64 of an IPv6 address, for its holder has all of it.</summary>
public readonly record struct AddressKey(ulong High, ulong Low)
{
    /// <summary>On a Unix socket: the user whom the kernel names, or nobody.</summary>
    public static AddressKey OfUser(uint? user) => new(user ?? ulong.MaxValue, 0);

    public static AddressKey Of(IPAddress address)
    {
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        Span<byte> bytes = stackalloc byte[16];
        plain.TryWriteBytes(bytes, out _);
        return plain.AddressFamily == AddressFamily.InterNetworkV6
            ? new AddressKey(System.Buffers.Binary.BinaryPrimitives.ReadUInt64BigEndian(bytes), 6)
            : new AddressKey(System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(bytes), 4);
    }
}
