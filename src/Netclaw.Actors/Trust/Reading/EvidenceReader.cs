using System.Collections.Immutable;
using System.Net;
using Netclaw.Protocol;

namespace Netclaw.Actors.Trust.Reading;

/// <summary>
/// Reads a connection's evidence (trust.md section 1). Pure: the same facts and rules give the same evidence, whether a socket or <c>netclaw policy
/// explain</c> brings them.
/// </summary>
public static class EvidenceReader
{
    public static ConnectionEvidence Read(ConnectionFacts facts, EvidenceRules rules)
    {
        var headers = new RequestHeaders(facts.Headers);
        var remote = PlainAddress.Of(facts.Remote);
        var local = PlainAddress.Of(facts.Local);
        var place = PlaceOf(remote?.Address, facts.Place);
        var listing = remote is null ? ProxyListing.NotListed : ListingOf(remote.Address, rules.Trust.TrustedProxies);
        var remoteUser = facts.RemoteUserId == UserId.Overflow ? null : facts.RemoteUserId;
        var host = headers.Text("Host");
        var origin = headers.Text("Origin");
        var originAllowed = origin is not null && OriginRule.Admits(origin, rules);
        var proxy = rules.Trust.TrustedProxy;
        return new ConnectionEvidence
        {
            Listener = facts.Listener,
            Wire = facts.Wire,
            Peer = facts.Peer,
            Remote = remote,
            Local = local,
            Place = place,
            RemoteUserId = remoteUser,
            Listing = listing,
            Forwarded = headers.HasForwarding,
            TlsAttested = remote is not null && TlsAttestation.Holds(remote.Address, remoteUser, place, listing, headers, rules.Trust),
            Client = remote is null ? null : ClientAddress.Behind(remote.Address, remoteUser, headers, rules.Trust),
            Host = host,
            HostAllowed = HostRule.Admits(host, facts.Listener, local, rules),
            HostIsLoopback = HostHeader.TryParse(host, out var named) && named.IsLoopback,
            Origin = origin,
            OriginAllowed = originAllowed,
            CrossSite = !originAllowed && OriginRule.IsOtherSite(headers.Values("Sec-Fetch-Site")),
            User = proxy.UserHeader is { } user ? headers.Read(user) : HeaderReading.Absent,
            MissingHeader = Missing(headers, proxy.RequiredHeaders),
            Assertion = proxy.Assertion is { } assertion ? headers.Read(assertion.Header) : HeaderReading.Absent,
            AcceptedAt = facts.AcceptedAt,
        };
    }

    private static RemotePlace PlaceOf(IPAddress? address, RemotePlace said) =>
        address is null ? RemotePlace.Elsewhere
        : IPAddress.IsLoopback(address) ? RemotePlace.Loopback
        : said == RemotePlace.Loopback ? RemotePlace.Elsewhere
        : said;

    private static ProxyListing ListingOf(IPAddress address, NetworkSet proxies) =>
        proxies.ContainsSingle(address) ? ProxyListing.Single
        : proxies.Contains(address) ? ProxyListing.Range
        : ProxyListing.NotListed;

    private static string? Missing(RequestHeaders headers, ImmutableArray<string> required)
    {
        foreach (var name in required)
        {
            if (headers.Read(name, ForwardingHeaders.IsList(name)).State != HeaderState.One)
            {
                return name.ToLowerInvariant();
            }
        }

        return null;
    }
}
