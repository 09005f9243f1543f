using System.Collections.Immutable;
using System.Net;
using Netclaw.Actors.Spawning;
using Netclaw.Daemon.Evidence;
using Netclaw.Protocol;

namespace Netclaw.Daemon.Spawning;

/// <summary>Where programs are started, and where they reach this daemon.</summary>
internal sealed class SpawnPlace(NetclawHome home, BoundAddresses bound, SpawnLimits options) : ISpawnPlace
{
    public uint OwnUser => UserId.Current;

    private ImmutableArray<string> Roots => options.Roots.IsEmpty ? [ChildEnvironment.Home] : options.Roots;

    /// <summary>The control socket serves its own user alone; another one comes by TCP, where the kernel names it as well.</summary>
    public string AddressFor(uint user) => user == OwnUser || bound.All.FirstOrDefault() is not { } endpoint ? $"unix:{home.ControlSocket}" : $"http://{Reachable(endpoint)}";

    public (string? Directory, string? Problem) For(string? asked)
    {
        try
        {
            using var real = RealDirectory.Open(asked ?? Roots[0]);
            return real.IsInside(Roots) ? (real.Path, null) : (null, $"{asked} is outside of {string.Join(" and ", Roots)} (spawn.roots)");
        }
        catch (IOException e)
        {
            return (null, $"{asked ?? Roots[0]}: {e.Message}");
        }
    }

    private static IPEndPoint Reachable(IPEndPoint endpoint) =>
        endpoint.Address.Equals(IPAddress.Any) ? new IPEndPoint(IPAddress.Loopback, endpoint.Port)
        : endpoint.Address.Equals(IPAddress.IPv6Any) ? new IPEndPoint(IPAddress.IPv6Loopback, endpoint.Port)
        : endpoint;
}
