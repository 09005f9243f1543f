using System.Collections.Immutable;
using System.Diagnostics;
using System.Net;
using Netclaw.Actors.Devices;
using Netclaw.Actors.Trust;
using Netclaw.Actors.Trust.Reading;
using Netclaw.Protocol;

namespace Netclaw.Benchmarks.Gateway;

/// <summary>
/// The policy alone, on connections as they come: decisions a second in one thread, and what each allocates. Goal: 5,000,000 a second and at most
/// 512 bytes each, so that a decision is nothing beside its handshake.
/// </summary>
internal static class PolicyBenchmark
{
    private const int Decisions = 500_000;
    private const uint Owner = 1000;

    private static readonly PublicKey Key = SigningKey.Generate().Public;

    public static IEnumerable<Benchmark> All { get; } =
    [
        Of("device-key", DeviceKey(), reading: null),
        Of("token", Token(SecretVerdict.Valid), reading: null),
        Of("proxy-user", ProxyUser(out var facts, out var rules), reading: null),
        Of("refused", Token(SecretVerdict.Wrong), reading: null),
        Of("proxy-user-with-reading", ProxyUser(out _, out _), reading: () => EvidenceReader.Read(facts, rules)),
    ];

    private static Benchmark Of(string name, AccessQuestion asked, Func<ConnectionEvidence>? reading) => new($"gateway/policy-{name}", "decisions/s", () => Task.FromResult(Once(asked, reading)));

    private static Sample Once(AccessQuestion asked, Func<ConnectionEvidence>? reading)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        var clock = Stopwatch.GetTimestamp();
        for (var number = 0; number < Decisions; number++)
        {
            var question = reading is null ? asked : asked with { Evidence = reading() };
            if (TrustPolicy.Default.Decide(question) is null)
            {
                throw new InvalidOperationException("no answer");
            }
        }

        var elapsed = Stopwatch.GetElapsedTime(clock);
        return new Sample(Decisions / elapsed.TotalSeconds, (GC.GetAllocatedBytesForCurrentThread() - before) / (double)Decisions);
    }

    private static AccessQuestion DeviceKey() => Asked(Direct(), new TrustOptions { OwnerUserId = Owner }, new Credentials { Proof = ProofVerdict.Valid }, new Device
    {
        Id = Key.DeviceId, Key = Key, Name = "laptop", Kind = DeviceKind.Paired, Roles = [Role.Operator], Scopes = ScopeSet.DeviceDefault, Via = PairedVia.Code, PairedBy = "control:uid=1000", PairedAt = DateTimeOffset.UnixEpoch,
    });

    private static AccessQuestion Token(SecretVerdict verdict) => Asked(Direct(), new TrustOptions { OwnerUserId = Owner }, new Credentials { Token = verdict });

    private static AccessQuestion ProxyUser(out ConnectionFacts facts, out EvidenceRules rules)
    {
        var options = new TrustOptions
        {
            OwnerUserId = Owner, Exposure = ExposureMode.ReverseProxy, Auth = AuthMode.TrustedProxy, TrustedProxies = NetworkSet.Of([IPNetwork.Parse("10.0.0.0/24")]),
            TrustedProxy = new TrustedProxyOptions { UserHeader = "x-user", RequiredHeaders = ["x-team"], AllowUsers = ["alice"] },
        };
        facts = Direct() with
        {
            Remote = new IPEndPoint(IPAddress.Parse("10.0.0.5"), 40_000), Place = RemotePlace.Elsewhere, RemoteUserId = null,
            Headers = [new("Host", "gateway.example"), new("Upgrade", "websocket"), new("User-Agent", "Mozilla/5.0"), new("X-Forwarded-For", "198.51.100.7"), new("X-User", "alice"), new("X-Team", "red")],
        };
        rules = Rules(options);
        return Asked(facts, options, Credentials.None);
    }

    private static AccessQuestion Asked(ConnectionFacts facts, TrustOptions options, Credentials offered, params ImmutableArray<Device> devices) => new(
        EvidenceReader.Read(facts, Rules(options)),
        new Hello { Role = Role.Operator, Scopes = ScopeSet.ReadWrite, Client = new ClientInfo { Id = "benchmark", Version = "1", Platform = "linux" }, DeviceKey = offered.Proof == ProofVerdict.Valid ? Key : null },
        offered, options, RegistrySnapshot.Empty with { Devices = devices.ToImmutableDictionary(device => device.Id) });

    private static EvidenceRules Rules(TrustOptions options) => new() { Trust = options, ExternalUrl = new Uri("https://gateway.example"), Bound = [new IPEndPoint(IPAddress.Any, 5199)] };

    private static ConnectionFacts Direct() => new()
    {
        Listener = ListenerKind.Tcp, Wire = "signalr", AcceptedAt = DateTimeOffset.UnixEpoch, Remote = new IPEndPoint(IPAddress.Loopback, 40_000), Local = new IPEndPoint(IPAddress.Loopback, 5199),
        Place = RemotePlace.Loopback, RemoteUserId = Owner, Headers = [new("Host", "127.0.0.1:5199")],
    };
}
