using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Net;
using Netclaw.Actors.Devices;
using Netclaw.Actors.Pairing;
using Netclaw.Actors.Trust.Reading;
using Netclaw.Protocol;

namespace Netclaw.Actors.Trust.Enumeration;

/// <summary>One value per case that any rule of trust.md tells apart, from the raw connection on.</summary>
internal static class Dimensions
{
    public const string AllowedOrigin = "https://ui.example";
    public const uint Stranger = 1001;
    public const uint ProxyUser = 33;

    public static readonly NetworkSet Proxies = NetworkSet.Of([IPNetwork.Parse("10.0.0.0/24"), IPNetwork.Parse("10.0.0.5/32"), IPNetwork.Parse("10.0.0.11/32")]);
    public static readonly AssertionOptions Assertion = new() { Header = "X-Jwt", Issuer = "https://idp.example", Audience = "netclaw", KeySet = "/etc/keys.json" };
    public static readonly uint?[] Users = [null, Ask.Owner, Stranger, ProxyUser, UserId.Overflow];
    public static readonly RunId Run = RunId.New();

    public static readonly HeaderLine[][] NoForwarding = [[]];
    public static readonly HeaderLine[][] Forwarding = [[], [new("X-Forwarded-For", "198.51.100.7")], [new("x_forwarded_for", "127.0.0.1")], [new("Forwarded", "for=\"[::1]:9\"")]];
    public static readonly HeaderLine[][] SomeForwarding = [[], [new("CF-Connecting-IP", "127.0.0.1")]];
    public static readonly HeaderLine[][] Hosts = [[new("Host", "127.0.0.1:5199")], [new("Host", "gateway.example")], [new("Host", "127.0.0.1.evil.example")]];
    public static readonly HeaderLine[][] GoodHosts = [.. Hosts.Take(2)];
    public static readonly HeaderLine[][] Origins = [[], [new("Origin", AllowedOrigin)], [new("Origin", "https://evil.example")], [new("Sec-Fetch-Site", "cross-site")]];
    public static readonly HeaderLine[][] GoodOrigins = [.. Origins.Take(2)];
    public static readonly HeaderLine[][] Named = [[], [new("X-User", "alice")], [new("X-User", "mallory")], [new("X-User", " ")], [new("X-User", "alice"), new("X_User", "root")]];
    public static readonly HeaderLine[][] Schemes = [[], [new("X-Forwarded-Proto", "https")], [new("X-Forwarded-Proto", "http")], [new("X-Forwarded-Proto", "https"), new("X-Forwarded-Proto", "http")]];
    public static readonly HeaderLine[][] Teams = [[new("X-Team", "red")], []];
    public static readonly LegacyDeviceId Legacy = LegacyDeviceId.TryParse("l_0000000000000000", out var legacy) ? legacy : throw new FormatException();

    /// <summary>A node's setup code and an app's, each waiting, spent by the key that is shown, and spent by another.</summary>
    public static readonly ImmutableArray<IssuedSetup> Setups =
    [
        .. from roles in (ImmutableArray<Role>[])[[Role.Node], [Role.Operator, Role.Node]]
           from spender in (DeviceId?[])[null, Ask.Key.DeviceId, SigningKey.Generate().Public.DeviceId]
           select new IssuedSetup
           {
               Id = SetupCodeId.New(), Token = Secrets.SetupTokens.New().Kept, Roles = roles, Scopes = roles.Contains(Role.Operator) ? ScopeSet.ReadWrite : ScopeSet.Empty,
               ExpiresAt = Ask.Now.AddMinutes(1), MintedBy = "control:uid=1000", SpentBy = spender,
           },
    ];

    /// <summary>A plain connection, and what may be told of one without refusing it at once.</summary>
    public static readonly HeaderLine[][] Traces = [Hosts[0], Hosts[1], [.. Hosts[0], new("Via", "1.1 proxy")], [.. Hosts[0], .. Origins[1]]];

    /// <summary>Loopback in each spelling and for each user, one's own addresses and others, listed singly, by a range and not.</summary>
    public static IEnumerable<ConnectionFacts> Places() =>
    [
        .. Users.Select(user => Tcp("127.0.0.1", RemotePlace.Loopback, user)),
        Tcp("::1", RemotePlace.Loopback, Ask.Owner), Tcp("::ffff:127.0.0.1", RemotePlace.Loopback, Stranger),
        Tcp("10.0.0.5", RemotePlace.OwnInterface), Tcp("10.0.0.6", RemotePlace.OwnInterface), Tcp("192.0.2.6", RemotePlace.OwnInterface),
        Tcp("10.0.0.9", RemotePlace.Elsewhere), Tcp("10.0.0.11", RemotePlace.Elsewhere), Tcp("203.0.113.9", RemotePlace.Elsewhere),
        Tcp("10.0.0.9", RemotePlace.Unlisted), Tcp("10.0.0.11", RemotePlace.Unlisted),
    ];

    public static IEnumerable<ConnectionFacts> Sockets() =>
        from listener in (ListenerKind[])[ListenerKind.Control, ListenerKind.Shared]
        from peer in (PeerProcess?[])
        [
            null,
            .. from user in (uint[])[Ask.Owner, UserId.Root, Stranger, 1002, UserId.Overflow]
               from descends in (bool?[])[false, true, null]
               select new PeerProcess(user, user, 4242, user == 1002 ? [1002, 2000] : [user], descends),
        ]
        select new ConnectionFacts { Listener = listener, Wire = "signalr", AcceptedAt = Ask.Now, Peer = peer };

    public static IEnumerable<ConnectionFacts> With(this IEnumerable<ConnectionFacts> facts, HeaderLine[][] choices) =>
        from fact in facts
        from lines in choices
        select fact with { Headers = fact.Headers.AddRange(lines) };

    public static IEnumerable<Hello> Hellos(ScopeSet[] scopes, PairingIntent?[] intents) =>
        from role in (Role[])[Role.Operator, Role.Node]
        from asked in scopes
        from intent in intents
        select new Hello { Role = role, Scopes = asked, Client = Ask.Client, DeviceKey = Ask.Key, Pairing = intent };

    public static EvidenceRules Rules(TrustOptions options) => new()
    {
        Trust = options, ExternalUrl = new Uri("https://gateway.example"), Origins = [WebOrigin.TryParse(AllowedOrigin, out var origin) ? origin : throw new FormatException()],
        Bound = [new IPEndPoint(options.Exposure == ExposureMode.ReverseProxy ? IPAddress.Any : IPAddress.Loopback, 5199)],
    };

    public static IEnumerable<TrustOptions> Modes(params AuthMode[] auths) =>
        from exposure in Enum.GetValues<ExposureMode>()
        from auth in auths
        select new TrustOptions { OwnerUserId = Ask.Owner, Exposure = exposure, Auth = auth, TrustedProxies = Proxies, TrustedProxy = Proxy(allowLoopback: false, null, UidRule.None, null, []) };

    public static TrustedProxyOptions Proxy(bool allowLoopback, string? loopbackUser, UidRule proxyUids, UidRule? loopbackUids, ImmutableArray<string> allowUsers, AssertionOptions? assertion = null) => new()
    {
        UserHeader = "X-User", RequiredHeaders = ["X-Team"], AllowLoopback = allowLoopback, LoopbackUser = loopbackUser, ProxyUids = proxyUids, LoopbackUids = loopbackUids, AllowUsers = allowUsers,
        Assertion = assertion, IdentityScopes = new Dictionary<string, ScopeSet> { ["alice"] = ScopeSet.All, ["svc"] = new(Scope.Read | Scope.Approvals) }.ToFrozenDictionary(),
    };

    private static ConnectionFacts Tcp(string remote, RemotePlace place, uint? user = null) => new()
    {
        Listener = ListenerKind.Tcp, Wire = "signalr", AcceptedAt = Ask.Now, Remote = new IPEndPoint(IPAddress.Parse(remote), 40_000), Place = place, RemoteUserId = user,
        Local = new IPEndPoint(place == RemotePlace.Loopback ? IPAddress.Loopback : IPAddress.Parse("10.0.0.5"), 5199),
    };
}
