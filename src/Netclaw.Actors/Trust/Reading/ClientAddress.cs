using System.Net;

namespace Netclaw.Actors.Trust.Reading;

/// <summary>Who is behind the proxies, as far as they are believed (trust.md section 1). For limits and logs only, never an identity.</summary>
internal static class ClientAddress
{
    private const int MostHops = 32;

    private static readonly string[] OfTunnels = ["Cf-Connecting-Ip", "X-Forwarded-For"];

    /// <returns>Null when nobody stands in between, or it cannot be told. Never loopback.</returns>
    public static IPAddress? Behind(IPAddress remote, uint? remoteUser, RequestHeaders headers, TrustOptions trust)
    {
        if (trust.Exposure.IsTunnel())
        {
            return IsLocalProxy(remote, remoteUser, trust) ? Presentable(OfTunnel(headers, trust.Exposure)) : null;
        }

        var hops = new Hops(trust, remoteUser);
        return UsesProxies(trust) && hops.Admit(remote) ? Presentable(OfProxies(hops, headers)) : null;
    }

    /// <summary>With exposure local there is a proxy only where one authenticates people.</summary>
    private static bool UsesProxies(TrustOptions trust) => trust.Exposure == ExposureMode.ReverseProxy || trust.Auth == AuthMode.TrustedProxy;

    private static IPAddress? OfProxies(Hops hops, RequestHeaders headers)
    {
        var standard = headers.Values("Forwarded");
        var common = headers.Values("X-Forwarded-For");
        return (standard.Count, common.Count) switch
        {
            _ when headers.IsOfOneHop("Forwarded") || headers.IsOfOneHop("X-Forwarded-For") => null,
            (0, 0) => headers.Read("X-Real-IP") is { State: HeaderState.One, Value: var real } ? HopAddress.Parse(real, bare: true) : null,
            (_, 0) => First(hops, ForwardingChain.Forwarded(standard)),
            (0, _) => First(hops, ForwardingChain.ForwardedFor(common)),
            // Two stories: one of them may be the client's own.
            _ => First(hops, ForwardingChain.Forwarded(standard)) is { } one && one.Equals(First(hops, ForwardingChain.ForwardedFor(common))) ? one : null,
        };
    }

    /// <summary>What the agent itself wrote: Cloudflare's edge replaces its header, Tailscale's proxy appends to it.</summary>
    private static IPAddress? OfTunnel(RequestHeaders headers, ExposureMode mode)
    {
        var name = OfTunnels[mode == ExposureMode.CloudflareTunnel ? 0 : 1];
        return headers.IsOfOneHop(name) ? null
            : mode != ExposureMode.CloudflareTunnel ? ForwardingChain.ForwardedFor(headers.Values(name)).FirstOrDefault()
            : headers.Read(name) is { State: HeaderState.One, Value: var client } ? HopAddress.Parse(client, bare: true)
            : null;
    }

    /// <summary>The first hop that is not trusted to say who came before it; when all are, the farthest.</summary>
    private static IPAddress? First(Hops hops, IEnumerable<IPAddress?> nearestFirst)
    {
        IPAddress? farthest = null;
        foreach (var hop in nearestFirst.Take(MostHops + 1).Index())
        {
            if (hop.Item is null || hop.Index == MostHops)
            {
                return null;
            }

            farthest = hop.Item;
            if (!hops.Admit(hop.Item))
            {
                break;
            }
        }

        return farthest;
    }

    private static IPAddress? Presentable(IPAddress? client) =>
        client is null || IPAddress.IsLoopback(client) || client.Equals(IPAddress.Any) || client.Equals(IPAddress.IPv6Any) ? null : client;

    private static bool IsLocalProxy(IPAddress address, uint? user, TrustOptions trust) =>
        IPAddress.IsLoopback(address) && (trust.TrustedProxy.ProxyUids.IsNone || trust.TrustedProxy.ProxyUids.Admits(user));

    /// <summary>Walks away from the gateway; loopback is this machine only as long as every hop so far was on it.</summary>
    private struct Hops(TrustOptions trust, uint? remoteUser)
    {
        private bool _left;

        public bool Admit(IPAddress hop)
        {
            var isHere = !_left && trust.TrustedProxy.AllowLoopback && IsLocalProxy(hop, remoteUser, trust);
            _left |= !isHere;
            return isHere || (!IPAddress.IsLoopback(hop) && trust.TrustedProxies.Contains(hop));
        }
    }
}
