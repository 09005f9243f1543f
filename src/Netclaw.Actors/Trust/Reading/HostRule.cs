using System.Net;

namespace Netclaw.Actors.Trust.Reading;

/// <summary>
/// What the gateway answers for (trust.md section 8). A page that rebinds its own name to this address still sends its own name as Host.
/// </summary>
internal static class HostRule
{
    /// <param name="local">The address that the connection came to.</param>
    public static bool Admits(string? text, ListenerKind listener, IPEndPoint? local, EvidenceRules rules) => listener == ListenerKind.Tcp
        ? HostHeader.TryParse(text, out var host) && (IsBound(host, local, rules) || IsNamed(host, rules))
        : LoopbackHost.IsLocal(text);

    /// <summary>An address literal names the gateway where it listens; a loopback name does with exposure local, where nothing else is behind it.</summary>
    private static bool IsBound(HostHeader host, IPEndPoint? local, EvidenceRules rules)
    {
        if (rules.Trust.Exposure == ExposureMode.Local && host.IsLoopback)
        {
            return true;
        }

        if (host.Address is not { } address)
        {
            return false;
        }

        foreach (var endpoint in rules.Bound)
        {
            var bound = PlainAddress.Of(endpoint.Address);
            var isWildcard = bound.Equals(IPAddress.Any) || bound.Equals(IPAddress.IPv6Any);
            if (address.Equals(isWildcard ? local?.Address : bound))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsNamed(HostHeader host, EvidenceRules rules)
    {
        // The port in front of a proxy is the proxy's matter.
        if (rules.ExternalUrl is { } url && WebOrigin.TryOf(url, out var external) && external.Host.Name == host.Name)
        {
            return true;
        }

        foreach (var extra in rules.Hosts)
        {
            if (extra.Name == host.Name && (extra.Port is null || extra.Port == host.Port))
            {
                return true;
            }
        }

        return false;
    }
}
