using System.Net;
using System.Net.Sockets;

namespace Netclaw.EndToEnd.Tests.Proxies.Fronts;

/// <summary>Addresses and ports that nobody else listens on.</summary>
internal static class FreeEndPoint
{
    private static int _last = Random.Shared.Next(0, 200);

    /// <summary>A loopback address that no other proxy of this process has, and in all likelihood none of another.</summary>
    public static IPEndPoint OnLoopback()
    {
        var number = Interlocked.Increment(ref _last);
        return On(new IPAddress([127, (byte)(64 + (Environment.ProcessId % 128)), (byte)(Environment.ProcessId / 128 % 256), (byte)(1 + (number % 250))]));
    }

    public static IPEndPoint On(IPAddress address)
    {
        using var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(address, 0));
        return (IPEndPoint)socket.LocalEndPoint!;
    }
}
