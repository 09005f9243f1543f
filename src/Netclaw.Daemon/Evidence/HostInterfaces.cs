using System.Net;
using System.Net.NetworkInformation;

namespace Netclaw.Daemon.Evidence;

/// <summary>The network interfaces of this machine.</summary>
public interface IHostInterfaces
{
    /// <summary>Every address of every interface; null when they cannot be listed: unknown is not one's own.</summary>
    IReadOnlyCollection<IPAddress>? Addresses();
}

/// <summary>Asks the kernel.</summary>
public sealed class HostInterfaces : IHostInterfaces
{
    public IReadOnlyCollection<IPAddress>? Addresses()
    {
        try
        {
            return [.. NetworkInterface.GetAllNetworkInterfaces().SelectMany(nic => nic.GetIPProperties().UnicastAddresses).Select(unicast => unicast.Address)];
        }
        catch (Exception e) when (e is NetworkInformationException or PlatformNotSupportedException)
        {
            return null;
        }
    }
}
