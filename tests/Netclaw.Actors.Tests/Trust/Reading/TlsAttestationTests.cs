using Netclaw.Protocol;

namespace Netclaw.Actors.Trust.Reading;

/// <summary>Whether a trusted hop vouches for TLS on the client's way to it.</summary>
public sealed class TlsAttestationTests
{
    private static readonly NetworkSet Proxies = NetworkSet.Of([System.Net.IPNetwork.Parse("10.0.0.0/24"), System.Net.IPNetwork.Parse("10.0.1.5/32")]);

    [Theory]
    [InlineData("X-Forwarded-Proto: https", true)]
    [InlineData("X-Forwarded-Proto: HTTPS", true)]
    [InlineData("X-Forwarded-Proto: wss", true)]
    [InlineData("X-Forwarded-Proto: https, https", true)]
    [InlineData("X-Forwarded-Proto: http", false)]
    [InlineData("X-Forwarded-Proto: https, http", false)]
    [InlineData("X-Forwarded-Proto: http, https", false)]
    [InlineData("X-Forwarded-Proto: ", false)]
    [InlineData("X-Forwarded-Proto: https|X-Forwarded-Proto: http", false)]
    [InlineData("X-Forwarded-Proto: https|x_forwarded_proto: https", false)]
    [InlineData("X-Forwarded-Proto: https|Connection: X-Forwarded-Proto", false)]
    [InlineData("Forwarded: for=192.0.2.1;proto=https", true)]
    [InlineData("Forwarded: for=192.0.2.1;proto=\"https\"", true)]
    [InlineData("Forwarded: for=192.0.2.1;proto=https, for=10.0.0.7;proto=https", true)]
    [InlineData("Forwarded: for=192.0.2.1;proto=https, for=10.0.0.7", false)]
    [InlineData("Forwarded: for=192.0.2.1;proto=http", false)]
    [InlineData("Forwarded: for=192.0.2.1;proto=https;proto=https", false)]
    [InlineData("Forwarded: for=192.0.2.1", false)]
    [InlineData("Forwarded: for=192.0.2.1|X-Forwarded-Proto: https", true)]
    [InlineData("Forwarded: for=192.0.2.1;proto=http|X-Forwarded-Proto: https", false)]
    [InlineData("X-Forwarded-For: 192.0.2.1", false)]
    [InlineData("", false)]
    public void Word_CountsOnlyWhenAllOfItSaysTls(string headers, bool holds) =>
        Assert.Equal(holds, Read("10.0.0.9", RemotePlace.Elsewhere, headers, new TrustOptions { OwnerUserId = 1000, Exposure = ExposureMode.ReverseProxy, TrustedProxies = Proxies }));

    [Theory]
    [InlineData("10.0.0.9", RemotePlace.Elsewhere, true)]
    [InlineData("10.0.1.5", RemotePlace.OwnInterface, true)]
    [InlineData("10.0.0.9", RemotePlace.OwnInterface, false)]
    [InlineData("10.0.0.9", RemotePlace.Unlisted, false)]
    [InlineData("203.0.113.9", RemotePlace.Elsewhere, false)]
    [InlineData("127.0.0.1", RemotePlace.Loopback, false)]
    public void Word_CountsOnlyFromAListedProxy(string remote, RemotePlace place, bool holds) => Assert.Equal(
        holds, Read(remote, place, "X-Forwarded-Proto: https", new TrustOptions { OwnerUserId = 1000, Exposure = ExposureMode.ReverseProxy, TrustedProxies = Proxies }));

    [Theory]
    [InlineData(ExposureMode.Local, AuthMode.Token, false)]
    [InlineData(ExposureMode.Local, AuthMode.TrustedProxy, true)]
    [InlineData(ExposureMode.ReverseProxy, AuthMode.Token, true)]
    [InlineData(ExposureMode.TailscaleServe, AuthMode.Token, false)]
    public void Word_CountsOnlyWhereProxiesStandInFront(ExposureMode exposure, AuthMode auth, bool holds) => Assert.Equal(
        holds, Read("10.0.0.9", RemotePlace.Elsewhere, "X-Forwarded-Proto: https", new TrustOptions { OwnerUserId = 1000, Exposure = exposure, Auth = auth, TrustedProxies = Proxies }));

    [Theory]
    [InlineData(ExposureMode.TailscaleFunnel, null, true)]
    [InlineData(ExposureMode.CloudflareTunnel, 33u, true)]
    [InlineData(ExposureMode.CloudflareTunnel, 1001u, false)]
    [InlineData(ExposureMode.Local, null, false)]
    public void Word_OfATunnelsAgent_CountsFromLoopback_AndFromItsUser(ExposureMode exposure, uint? user, bool holds) => Assert.Equal(
        holds, Read("127.0.0.1", RemotePlace.Loopback, "X-Forwarded-Proto: https", new TrustOptions
        {
            OwnerUserId = 1000, Exposure = exposure, TrustedProxy = new TrustedProxyOptions { ProxyUids = user is null ? UidRule.None : UidRule.Of(33) },
        }, user));

    private static bool Read(string remote, RemotePlace place, string headers, TrustOptions options, uint? user = null) => EvidenceReader.Read(
        new ConnectionFacts
        {
            Listener = ListenerKind.Tcp, Wire = "signalr", AcceptedAt = DateTimeOffset.UnixEpoch, Remote = new System.Net.IPEndPoint(System.Net.IPAddress.Parse(remote), 40_000), Place = place, RemoteUserId = user,
            Headers = [new HeaderLine("Host", "gateway.example"), .. headers.Split('|', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(": ", 2)).Select(line => new HeaderLine(line[0], line[1]))],
        },
        new EvidenceRules { Trust = options }).TlsAttested;
}
