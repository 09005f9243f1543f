using System.Collections.Immutable;
using System.Net;
using Netclaw.Actors.Bootstrap;
using Netclaw.Actors.Devices;
using Netclaw.Protocol;

namespace Netclaw.Actors.Trust;

/// <summary>Every combination of what the policy looks at. Each dimension lists one value per case that any rule tells apart.</summary>
internal static class EvidenceSpace
{
    public const uint Owner = 1000;

    public static readonly DateTimeOffset Now = DateTimeOffset.UnixEpoch.AddDays(20_000);
    public static readonly TrustOptions Options = new() { OwnerUserId = Owner };
    public static readonly PublicKey Key = SigningKey.Generate().Public;

    private static readonly ClientInfo Client = new() { Id = "test", Version = "1", Platform = "linux" };

    public static readonly PairingIntent?[] Intents =
    [
        null, new PairingIntent { Flow = PairingFlow.Code, Name = "laptop" }, new PairingIntent { Flow = PairingFlow.Request, Name = "laptop", Commitment = "c" },
    ];

    public static readonly ScopeSet[] Asked = [ScopeSet.Empty, new(Scope.Read), ScopeSet.DeviceDefault, ScopeSet.All];

    /// <summary>What the registry may hold under the key.</summary>
    public static readonly Device?[] Devices =
    [
        null,
        Of(DeviceKind.Paired, [Role.Operator], ScopeSet.DeviceDefault),
        Of(DeviceKind.Paired, [Role.Node], ScopeSet.Empty),
        Of(DeviceKind.Paired, [Role.Operator, Role.Node], ScopeSet.All),
        Of(DeviceKind.Paired, [Role.Operator], ScopeSet.All) with { RevokedAt = Now },
        Of(DeviceKind.Host, [Role.Operator, Role.Node], ScopeSet.All),
        Of(DeviceKind.Host, [Role.Operator], ScopeSet.All) with { RevokedAt = Now },
    ];

    public static readonly PeerProcess?[] Peers =
    [
        null,
        .. from user in (uint[])[Owner, UserId.Root, 1001, UserId.Overflow]
        from descends in (bool?[])[false, true, null]
        select new PeerProcess(user, user, 4242, [user], descends),
    ];

    public static IEnumerable<ConnectionEvidence> Control() =>
        from peer in Peers
        from trace in Traces(["", "localhost", "evil.example"])
        select trace with { Listener = ListenerKind.Control, Peer = peer };

    public static IEnumerable<ConnectionEvidence> Tcp() =>
        from own in (bool[])[true, false]
        from allowed in (bool[])[true, false]
        from trace in Traces(["gateway.example"])
        select trace with { Listener = ListenerKind.Tcp, Remote = new IPEndPoint(own ? IPAddress.Loopback : IPAddress.Parse("203.0.113.9"), 5), Place = own ? RemotePlace.Loopback : RemotePlace.Elsewhere, HostAllowed = allowed };

    public static IEnumerable<ConnectionEvidence> Evidence() => Control().Concat(Tcp());

    public static IEnumerable<Hello> Hellos() =>
        from role in Enum.GetValues<Role>()
        from scopes in Asked
        from key in (PublicKey?[])[null, Key]
        from intent in Intents
        select new Hello { Role = role, Scopes = scopes, Client = Client, DeviceKey = key, Pairing = intent };

    public static RegistrySnapshot Registry(Device? device) => RegistrySnapshot.Empty with
    {
        Bootstrap = BootstrapPhase.Seeded,
        Devices = device is null ? ImmutableDictionary<DeviceId, Device>.Empty : ImmutableDictionary<DeviceId, Device>.Empty.Add(device.Id, device),
    };

    /// <summary>All questions about one piece of evidence.</summary>
    public static IEnumerable<AccessQuestion> Questions(ConnectionEvidence evidence) =>
        from hello in Hellos()
        from verdict in Enum.GetValues<ProofVerdict>()
        from device in Devices
        select new AccessQuestion(evidence, hello, Credentials.Of(verdict), Options, Registry(device));

    public static IEnumerable<AccessQuestion> Questions() => Evidence().SelectMany(Questions);

    private static IEnumerable<ConnectionEvidence> Traces(string[] hosts) =>
        from host in hosts
        from forwarded in (bool[])[false, true]
        from origin in (string?[])[null, "https://page.example"]
        from originAllowed in (bool[])[false, true]
        where origin is not null || !originAllowed
        select new ConnectionEvidence
        {
            Listener = ListenerKind.Tcp, Wire = "signalr", AcceptedAt = Now, Host = host, Forwarded = forwarded, Origin = origin, OriginAllowed = originAllowed,
        };

    private static Device Of(DeviceKind kind, ImmutableArray<Role> roles, ScopeSet scopes) => new()
    {
        Id = Key.DeviceId, Key = Key, Name = "laptop", Kind = kind, Roles = roles, Scopes = scopes, Via = PairedVia.Code, PairedBy = "control:uid=1000", PairedAt = Now,
    };
}
