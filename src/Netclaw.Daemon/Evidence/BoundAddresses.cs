using System.Net;
using Netclaw.Actors.Trust;

namespace Netclaw.Daemon.Evidence;

/// <summary>
/// What the gateway answers for with exposure <c>local</c> (trust.md section 8): loopback names and the addresses it bound. A page
/// that rebinds its own name to 127.0.0.1 still sends its own name as Host, and its own Origin.
/// </summary>
public sealed class BoundAddresses
{
    private const string SocketName = "control.sock";

    private volatile IPEndPoint[] _bound = [];

    /// <summary>Set once the listeners stand.</summary>
    public void Set(IEnumerable<IPEndPoint> bound) => _bound = [.. bound];

    public IReadOnlyList<IPEndPoint> All => _bound;

    public bool Admits(string? host, ListenerKind listener)
    {
        if (listener == ListenerKind.Control && (string.IsNullOrEmpty(host) || host.Equals(SocketName, StringComparison.OrdinalIgnoreCase)))
        {
            return true;
        }

        return HostHeader.TryParse(host, out var parsed)
            && (parsed.IsLoopback || (listener == ListenerKind.Tcp && _bound.Any(endpoint => endpoint.Address.Equals(parsed.Address))));
    }

    /// <summary>Exactly the gateway's own pages: http, a host it answers for, a port it bound.</summary>
    public bool AdmitsOrigin(string origin)
    {
        const string Scheme = "http://";
        return origin.StartsWith(Scheme, StringComparison.Ordinal)
            && Admits(origin[Scheme.Length..], ListenerKind.Tcp)
            && HostHeader.TryParse(origin[Scheme.Length..], out var host)
            && _bound.Any(endpoint => endpoint.Port == (host.Port ?? 80));
    }
}
