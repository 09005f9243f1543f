using System.Collections.Immutable;
using System.Net;
using Netclaw.Actors.Trust;
using Netclaw.Actors.Trust.Reading;

namespace Netclaw.Benchmarks.Trust;

/// <summary>Reading a connection's evidence from its header lines: what every handshake pays before anything is decided.</summary>
internal static class EvidenceBenchmarks
{
    private const int Readings = 200_000;

    private static readonly ImmutableArray<HeaderLine> Plain =
    [
        new("Host", "127.0.0.1:5199"), new("Connection", "Upgrade"), new("Upgrade", "websocket"), new("Sec-WebSocket-Version", "13"), new("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ=="),
    ];

    private static readonly ImmutableArray<HeaderLine> Proxied =
    [
        new("Host", "gateway.example"), new("Connection", "Upgrade"), new("Upgrade", "websocket"), new("Sec-WebSocket-Version", "13"), new("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ=="),
        new("Origin", "https://gateway.example"), new("Sec-Fetch-Site", "same-origin"), new("User-Agent", "Mozilla/5.0"), new("Accept-Language", "en"), new("X-Forwarded-Proto", "https"),
        new("X-Forwarded-For", "198.51.100.4, 203.0.113.7, 10.0.0.2"), new("Forwarded", "for=203.0.113.7;proto=https, for=10.0.0.2"), new("X-Forwarded-User", "alice@example.org"),
    ];

    public static IEnumerable<Benchmark> All =>
    [
        new("trust/evidence-direct", "readings/s", () => RunAsync("127.0.0.1", Plain, new TrustOptions { OwnerUserId = 1000 })),
        new("trust/evidence-proxied", "readings/s", () => RunAsync("10.0.0.1", Proxied, new TrustOptions
        {
            OwnerUserId = 1000, Exposure = ExposureMode.ReverseProxy, TrustedProxies = NetworkSet.Of([IPNetwork.Parse("10.0.0.0/24")]), Auth = AuthMode.TrustedProxy,
            TrustedProxy = new TrustedProxyOptions { UserHeader = "X-Forwarded-User", RequiredHeaders = ["X-Forwarded-Proto"] },
        })),
    ];

    private static Task<Sample> RunAsync(string remote, ImmutableArray<HeaderLine> headers, TrustOptions trust)
    {
        var bound = IPEndPoint.Parse("127.0.0.1:5199");
        var rules = new EvidenceRules { Trust = trust, Bound = [bound], ExternalUrl = new Uri("https://gateway.example") };
        var facts = new ConnectionFacts
        {
            Listener = ListenerKind.Tcp, Wire = "signalr", AcceptedAt = DateTimeOffset.UnixEpoch, Remote = new IPEndPoint(IPAddress.Parse(remote), 40000), Local = bound, Headers = headers,
        };
        return Timing.PerSecond(Readings, () =>
        {
            for (var reading = 0; reading < Readings; reading++)
            {
                if (!EvidenceReader.Read(facts, rules).HostAllowed)
                {
                    throw new InvalidOperationException("the host was not admitted");
                }
            }

            return Task.CompletedTask;
        });
    }
}
