using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace Netclaw.Daemon.Evidence;

/// <summary>The question and the answer of sock_diag(7) for one socket: <c>inet_diag_req_v2</c> without <c>NLM_F_DUMP</c> finds by all four parts of its name.</summary>
internal static class SockDiagMessage
{
    public const int RequestLength = 72;

    private const ushort ByFamily = 20;
    private const ushort Request = 1;
    private const byte FamilyV4 = 2;
    private const byte FamilyV6 = 10;
    private const byte Tcp = 6;
    private const int Header = 16;
    private const int AnswerLength = Header + 72;

    /// <param name="own">The end that is looked for.</param>
    /// <param name="other">What it is connected to.</param>
    public static void Write(Span<byte> request, IPEndPoint own, IPEndPoint other, uint sequence)
    {
        request.Clear();
        MemoryMarshal.Write(request, RequestLength);
        MemoryMarshal.Write(request[4..], ByFamily);
        MemoryMarshal.Write(request[6..], Request);
        MemoryMarshal.Write(request[8..], sequence);
        var body = request[Header..];
        body[0] = FamilyOf(own.AddressFamily);
        body[1] = Tcp;
        MemoryMarshal.Write(body[4..], uint.MaxValue); // any state: the answer says which
        BinaryPrimitives.WriteUInt16BigEndian(body[8..], (ushort)own.Port);
        BinaryPrimitives.WriteUInt16BigEndian(body[10..], (ushort)other.Port);
        own.Address.TryWriteBytes(body[12..], out _);
        other.Address.TryWriteBytes(body[28..], out _);
        body[48..56].Fill(byte.MaxValue); // INET_DIAG_NOCOOKIE
    }

    /// <returns>Null: no such socket, or not one that anybody holds.</returns>
    public static uint? Read(ReadOnlySpan<byte> answer, IPEndPoint own, IPEndPoint other, uint sequence)
    {
        if (answer.Length < AnswerLength
            || MemoryMarshal.Read<ushort>(answer[4..]) != ByFamily
            || MemoryMarshal.Read<uint>(answer[8..]) != sequence)
        {
            return null;
        }

        var body = answer[Header..];
        var isTheOne = BinaryPrimitives.ReadUInt16BigEndian(body[4..]) == own.Port && BinaryPrimitives.ReadUInt16BigEndian(body[6..]) == other.Port;
        return isTheOne ? SocketOwner.UserOf(body[1], new SocketOwner(MemoryMarshal.Read<uint>(body[64..]), MemoryMarshal.Read<uint>(body[68..]))) : null;
    }

    private static byte FamilyOf(AddressFamily family) => family == AddressFamily.InterNetwork ? FamilyV4 : FamilyV6;
}
