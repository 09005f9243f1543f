using System.Net;

namespace Netclaw.Actors.Trust.Reading;

/// <summary>
/// Whether a hop that is trusted says that the client's way to it was TLS: <c>X-Forwarded-Proto</c> or <c>Forwarded</c> with <c>proto=https</c>. Every value
/// has to say so, whoever wrote it: what a client makes up can only take the word away. A way that the proxies themselves went in the clear, and said so, is none.
/// </summary>
internal static class TlsAttestation
{
    private const string Name = "X-Forwarded-Proto";
    private const int MostElements = 32;

    public static bool Holds(IPAddress remote, uint? remoteUser, RemotePlace place, ProxyListing listing, RequestHeaders headers, TrustOptions trust) =>
        IsTrusted(remote, remoteUser, place, listing, trust) && SaysTls(headers);

    /// <summary>As the policy's final hop (trust.md section 5, steps 2 to 4).</summary>
    private static bool IsTrusted(IPAddress remote, uint? remoteUser, RemotePlace place, ProxyListing listing, TrustOptions trust)
    {
        if (trust.Exposure.IsTunnel() || IPAddress.IsLoopback(remote))
        {
            return IPAddress.IsLoopback(remote) && (trust.Exposure.IsTunnel() || trust.TrustedProxy.AllowLoopback) && UsesProxies(trust)
                && (trust.TrustedProxy.ProxyUids.IsNone || trust.TrustedProxy.ProxyUids.Admits(remoteUser));
        }

        return UsesProxies(trust) && (listing == ProxyListing.Single || (listing == ProxyListing.Range && place == RemotePlace.Elsewhere));
    }

    private static bool UsesProxies(TrustOptions trust) => trust.Exposure != ExposureMode.Local || trust.Auth == AuthMode.TrustedProxy;

    private static bool SaysTls(RequestHeaders headers)
    {
        if (headers.IsOfOneHop(Name) || headers.IsOfOneHop("Forwarded") || headers.HasTwin(Name))
        {
            return false;
        }

        var common = headers.Values(Name);
        var standard = headers.Values("Forwarded");
        return (common.Count > 0 || standard.Any(HasProtocol)) && common.All(line => line.Split(',', MostElements).All(IsTls))
            && (standard.Count == 0 || (common.Count > 0 && !standard.Any(HasProtocol)) || standard.All(line => line.Split(',', MostElements).All(SaysTls)));
    }

    private static bool HasProtocol(string line) => line.Contains("proto", StringComparison.OrdinalIgnoreCase);

    /// <summary>A quoted comma splits an element in two halves that say nothing: the word is taken away, not given.</summary>
    private static bool SaysTls(string element) => element.Split(';')
        .Select(pair => pair.Trim().Split('=', 2)).Where(pair => HeaderName.AreEqual(pair[0], "proto")).ToList() is [[_, var protocol]] && IsTls(protocol.Trim('"'));

    private static bool IsTls(string protocol) => protocol.Trim().ToLowerInvariant() is "https" or "wss";
}
