using System.Net;
using System.Net.Sockets;

namespace Netclaw.Daemon.Configuration;

/// <summary>Ranges that nobody means: so wide that strangers are in them, or with this machine's own loopback in them (trust.md section 2).</summary>
internal static class NetworkWidth
{
    public const string Remedy = "Write the very addresses, or ranges no wider than /8 (IPv4) or /16 (IPv6).";

    private const int LeastV4 = 8;
    private const int LeastV6 = 16;

    private static readonly IPNetwork LoopbackV4 = new(IPAddress.Parse("127.0.0.0"), 8);

    public static bool IsTooWide(IPNetwork network) => network.PrefixLength < (network.BaseAddress.AddressFamily == AddressFamily.InterNetwork ? LeastV4 : LeastV6);

    public static bool HoldsLoopback(IPNetwork network) => network.BaseAddress.AddressFamily == AddressFamily.InterNetwork
        ? network.Contains(LoopbackV4.BaseAddress) || LoopbackV4.Contains(network.BaseAddress)
        : network.Contains(IPAddress.IPv6Loopback);
}
