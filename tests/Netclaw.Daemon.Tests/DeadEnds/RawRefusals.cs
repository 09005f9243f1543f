using System.Buffers.Text;
using System.Net.Sockets;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Netclaw.Actors.Trust;
using Netclaw.Daemon.Tests.Gateway;
using Netclaw.Daemon.Tests.Gauntlet;
using Netclaw.Protocol;

namespace Netclaw.Daemon.Tests.DeadEnds;

/// <summary>Refusals of clients that no command line of ours is: any header, any hello, over a real socket.</summary>
internal static class RawRefusals
{
    private const string Tunnel = """{"exposure":{"mode":"cloudflare-tunnel","skipTunnelProcessCheck":true,"externalUrl":"https://gateway.example"}}""";
    private static readonly (string, string) Forwarded = ("X-Forwarded-For", "127.0.0.1");
    private static readonly string Anybody = Run.Hello("");

    /// <summary>A client of an earlier gateway, which knows nothing but its token.</summary>
    private static readonly string WithLegacyToken = Run.Hello("", auth: """{"legacyToken":"token-of-an-earlier-gateway"}""");

    public static Dictionary<RefusalCode, Func<Task<Provoked>>> All { get; } = new()
    {
        [RefusalCode.ControlSocketBridged] = () => SaysAsync("{}", Anybody, control: true, headers: [Forwarded]),
        [RefusalCode.HostNotAllowed] = () => SaysAsync("{}", Anybody, headers: [("Host", "rebound.example")]),
        [RefusalCode.OriginNotAllowed] = () => SaysAsync("{}", Anybody, headers: [("Origin", "https://page.example")]),
        [RefusalCode.MessageTooLarge] = () => SaysAsync("{}", $$"""{"padding":"{{new string('x', Limits.PreAuthMessageBytes)}}"}"""),
        [RefusalCode.ProtocolMismatch] = () => SaysAsync("{}", Anybody.Replace("4", "99", StringComparison.Ordinal)),
        [RefusalCode.ProtocolViolation] = () => SaysAsync("{}", "{}", method: StatusResult.Method),
        [RefusalCode.DeviceIdentityRequired] = () => SaysAsync(Tunnel, Run.Hello("", role: "node"), headers: [("Host", "gateway.example")]),
        [RefusalCode.DeviceIdMismatch] = () => ProofAsync(proof => proof with { Id = Foreign.DeviceId }),
        [RefusalCode.DeviceKeyInvalid] = () => ProofAsync(proof => proof with { PublicKey = Foreign, Id = Foreign.DeviceId }),
        [RefusalCode.DeviceNonceMismatch] = () => ProofAsync(proof => proof with { Nonce = Nonce.New() }),
        [RefusalCode.DeviceSignatureExpired] = () => ProofAsync(proof => proof with { SignedAt = proof.SignedAt - (long)TimeSpan.FromHours(1).TotalMilliseconds }),
        [RefusalCode.DeviceSignatureInvalid] = () => ProofAsync(proof => proof with { SignedAt = proof.SignedAt + 1 }),
        [RefusalCode.HostCredentialNotLocal] = () => ProofAsync(proof => proof, asHost: true, Forwarded),
        [RefusalCode.SpawnCredentialNotLocal] = SpawnElsewhereAsync,
        [RefusalCode.LegacyTokenNotPrivate] = () => SaysAsync("{}", WithLegacyToken, headers: [Forwarded]),
        [RefusalCode.LegacyTokenNeedsKey] = () => SaysAsync("{}", WithLegacyToken),
        [RefusalCode.PeerUidNotAllowed] = () => SaysAsync(
            "{}", Anybody, control: true, overrides: Once(seen => seen with { Peer = seen.Peer! with { UserId = 4294967 } })),
        [RefusalCode.PeerCredentialsUnavailable] = () => SaysAsync(
            "{}", Anybody, control: true, overrides: Once(seen => seen with { Peer = null })),
        [RefusalCode.TrustedProxyConfigMissing] = () => ProxyAsync(options: options => options with { TrustedProxy = new TrustedProxyOptions { AllowLoopback = true } }),
        [RefusalCode.TrustedProxyNoProxiesConfigured] = () => ProxyAsync(options: options => options with { TrustedProxies = NetworkSet.Empty }),
        [RefusalCode.TrustedProxyUntrustedSource] = () => ProxyAsync(evidence: seen => seen with { Place = RemotePlace.Elsewhere, Listing = ProxyListing.NotListed }),
        [RefusalCode.TrustedProxyLoopbackSource] = () => ProxyAsync(options: options => options with { Exposure = ExposureMode.ReverseProxy, TrustedProxy = new TrustedProxyOptions { UserHeader = "x-forwarded-user" } },
            evidence: seen => seen with { Listing = ProxyListing.Range }),
        [RefusalCode.TrustedProxyLocalInterfaceSource] = () => ProxyAsync(evidence: seen => seen with { Place = RemotePlace.OwnInterface, Listing = ProxyListing.Range }),
        [RefusalCode.TrustedProxyLocalInterfaceCheckFailed] = () => ProxyAsync(evidence: seen => seen with { Place = RemotePlace.Unlisted, Listing = ProxyListing.Range }),
        [RefusalCode.TrustedProxyUidNotAllowed] = () => ProxyAsync(more: ",\"proxyUids\":[4294967]"),
        [RefusalCode.TrustedProxyMissingHeader] = () => ProxyAsync(more: ",\"requiredHeaders\":[\"X-Team\"]", headers: ("X-Forwarded-User", "alice")),
        [RefusalCode.TrustedProxyUserMissing] = () => ProxyAsync(),
        [RefusalCode.TrustedProxyUserNotAllowed] = () => ProxyAsync(headers: ("X-Forwarded-User", "mallory")),
        [RefusalCode.TrustedProxyOriginNotAllowed] = () => ProxyAsync(headers: ("Origin", "https://page.example")),
    };

    private static PublicKey Foreign => PublicKey.TryCreate(KeyAlgorithm.Ed25519, [.. Enumerable.Repeat((byte)9, 32)], out var key) ? key : throw new InvalidOperationException();

    public static async Task<Provoked> SaysAsync(
        string config, string hello, bool control = false, string method = ConnectParams.Method, Action<IServiceCollection>? overrides = null, params (string, string)[] headers)
    {
        var stage = await Stage.SetAsync(config, overrides);
        using var hub = control
            ? await RawHub.OpenAsync(new UnixDomainSocketEndPoint(stage.Host.Home.ControlSocket), headers)
            : await RawHub.OpenAsync(stage.Host.Address, headers);
        await hub.CallAsync("1", method, hello);
        return new Provoked(stage, await WhyAsync(hub));
    }

    private static Task<Provoked> ProxyAsync(
        string more = "", Func<ConnectionEvidence, ConnectionEvidence>? evidence = null, Func<TrustOptions, TrustOptions>? options = null, params (string, string)[] headers) => SaysAsync(
        """{"exposure":{"mode":"reverse-proxy","trustedProxies":["10.0.0.1"],"externalUrl":"http://127.0.0.1:9"},"auth":{"mode":"trusted-proxy","trustedProxy":{"userHeader":"X-Forwarded-User","allowUsers":["alice"],"allowLoopback":true"""
            + more + "}}}",
        Anybody, headers: [("Host", "127.0.0.1:9"), .. headers], overrides: services =>
        {
            if (evidence is not null)
            {
                Weakened.Evidence((seen, _) => seen.Listener == ListenerKind.Tcp && seen.Wire != "http" ? evidence(seen) : seen)(services);
            }

            if (options is not null)
            {
                Weakened.Options(options)(services);
            }
        });

    /// <summary>The first connection is seen so; those after it are seen as they are.</summary>
    private static Action<IServiceCollection> Once(Func<ConnectionEvidence, ConnectionEvidence> change)
    {
        var seen = 0;
        return Weakened.Evidence((evidence, _) => evidence.Wire != "http" && Interlocked.Exchange(ref seen, 1) == 0 ? change(evidence) : evidence);
    }

    private static async Task<Provoked> ProofAsync(Func<DeviceProof, DeviceProof> change, bool asHost = false, params (string, string)[] headers)
    {
        var stage = await Stage.SetAsync("{}");
        using var device = asHost ? new TestDevice("host") { Key = ((KeyFileResult.Loaded)KeyFile.Load(stage.Host.Home.HostKey)).Key } : new TestDevice("laptop");
        using var hub = await RawHub.OpenAsync(stage.Host.Address, headers);
        var challenge = JsonSerializer.Deserialize(await hub.EventAsync(ConnectChallenge.EventName), ProtocolJson.Default.ConnectChallenge)!;
        var proof = change(new DeviceProof
        {
            Id = device.Id, PublicKey = device.Key.Public, Nonce = challenge.Nonce, SignedAt = challenge.Ts,
            Signature = Base64Url.EncodeToString(device.Key.Sign(NativeTranscript.Device(
                challenge.GatewayKey, device.Id, Role.Operator, ScopeSet.Empty, challenge.Nonce, hub.ClientNonce, challenge.Ts))),
        });
        await hub.CallAsync("1", ConnectParams.Method, JsonSerializer.Serialize(
            new ConnectParams { Client = TestDevice.Client, Device = proof, Scopes = ScopeSet.Empty }, ProtocolJson.Default.ConnectParams));
        return new Provoked(stage, await WhyAsync(hub));
    }

    private static async Task<Provoked> SpawnElsewhereAsync()
    {
        var stage = await Stage.SetAsync("{}");
        using var hub = await RawHub.OpenAsync(stage.Host.Address, Forwarded);
        await hub.CallAsync("1", ConnectParams.Method, Run.Hello("", auth: $$"""{"spawnToken":"{{stage.Spawned().Variables["NETCLAW_TOKEN"]}}"}"""));
        return new Provoked(stage, await WhyAsync(hub));
    }

    public static async Task<CallError> WhyAsync(RawHub hub)
    {
        while (await hub.NextAsync() is { } message)
        {
            if (message.Contains("\"closing\"", StringComparison.Ordinal))
            {
                return JsonDocument.Parse(message).RootElement.GetProperty("arguments")[1].GetProperty("error").Deserialize(ProtocolJson.Default.CallError)!;
            }
        }

        throw new InvalidOperationException("it ended without a reason");
    }
}
