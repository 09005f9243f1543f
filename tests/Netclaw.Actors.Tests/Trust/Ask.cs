using System.Collections.Immutable;
using System.Net;
using Netclaw.Actors.Bootstrap;
using Netclaw.Actors.Devices;
using Netclaw.Protocol;

namespace Netclaw.Actors.Trust;

/// <summary>Questions to the policy, put together a piece at a time: a bare operator from direct loopback, then whatever differs.</summary>
internal static class Ask
{
    public const uint Owner = 1000;

    public static readonly DateTimeOffset Now = DateTimeOffset.UnixEpoch.AddDays(20_000);
    public static readonly PublicKey Key = SigningKey.Generate().Public;
    public static readonly ClientInfo Client = new() { Id = "test", Version = "1", Platform = "linux" };
    public static readonly PairingIntent Intent = new() { Flow = PairingFlow.Code, Name = "laptop" };

    public static AccessQuestion Loopback { get; } = new(
        new ConnectionEvidence
        {
            Listener = ListenerKind.Tcp, Wire = "signalr", AcceptedAt = Now, Remote = new IPEndPoint(IPAddress.Loopback, 40_000), Place = RemotePlace.Loopback,
            RemoteUserId = Owner, Host = "127.0.0.1:5199", HostAllowed = true, HostIsLoopback = true,
        },
        new Hello { Role = Role.Operator, Scopes = ScopeSet.ReadWrite, Client = Client },
        Credentials.None, new TrustOptions { OwnerUserId = Owner }, Registry());

    /// <summary>Another machine, which the gateway takes for a listed proxy or not.</summary>
    public static AccessQuestion Remote { get; } = Loopback.Seen(evidence => evidence with
    {
        Remote = new IPEndPoint(IPAddress.Parse("203.0.113.9"), 40_000), Place = RemotePlace.Elsewhere, RemoteUserId = null, Host = "gateway.example", HostIsLoopback = false,
    });

    public static AccessQuestion Seen(this AccessQuestion asked, Func<ConnectionEvidence, ConnectionEvidence> change) => asked with { Evidence = change(asked.Evidence) };

    public static AccessQuestion Says(this AccessQuestion asked, Func<Hello, Hello> change) => asked with { Hello = change(asked.Hello) };

    public static AccessQuestion As(this AccessQuestion asked, Role role) => asked.Says(hello => hello with { Role = role, Scopes = role == Role.Node ? ScopeSet.Empty : hello.Scopes });

    public static AccessQuestion Offers(this AccessQuestion asked, Func<Credentials, Credentials> change) => asked with { Credentials = change(asked.Credentials) };

    public static AccessQuestion Under(this AccessQuestion asked, Func<TrustOptions, TrustOptions> change) => asked with { Options = change(asked.Options) };

    public static AccessQuestion Under(this AccessQuestion asked, ExposureMode exposure, AuthMode auth) => asked.Under(options => options with { Exposure = exposure, Auth = auth });

    /// <summary>Shows the key with a signature that holds.</summary>
    public static AccessQuestion Proves(this AccessQuestion asked, ProofKind kind) => asked
        .Says(hello => hello with { DeviceKey = Key })
        .Offers(offered => offered with { Proof = ProofVerdict.Valid, Kind = kind });

    public static AccessQuestion Holding(this AccessQuestion asked, params ReadOnlySpan<Device> devices) => asked with { Registry = Registry(devices) };

    public static Device Paired(ScopeSet scopes, params ImmutableArray<Role> roles) => new()
    {
        Id = Key.DeviceId, Key = Key, Name = "laptop", Kind = DeviceKind.Paired, Roles = roles, Scopes = scopes, Via = PairedVia.Code, PairedBy = "control:uid=1000", PairedAt = Now,
    };

    public static RegistrySnapshot Registry(params ReadOnlySpan<Device> devices)
    {
        var held = ImmutableDictionary.CreateBuilder<DeviceId, Device>();
        foreach (var device in devices)
        {
            held.Add(device.Id, device);
        }

        return RegistrySnapshot.Empty with { Bootstrap = BootstrapPhase.Seeded, Devices = held.ToImmutable() };
    }

    public static AccessDecision Decide(this AccessQuestion asked) => TrustPolicy.Default.Decide(asked);

    public static Principal Granted(this AccessQuestion asked) => Assert.IsType<AccessDecision.Granted>(asked.Decide()).Principal;

    public static AccessDecision.Refused Refused(this AccessQuestion asked) => Assert.IsType<AccessDecision.Refused>(asked.Decide());

    public static void IsRefused(this AccessQuestion asked, RefusalCode code) => Assert.Equal(code, asked.Refused().Code);
}
