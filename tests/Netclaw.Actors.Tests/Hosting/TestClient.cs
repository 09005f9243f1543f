using System.Net;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Akka.Actor;
using Netclaw.Actors.Sessions;
using Netclaw.Actors.Trust;
using Netclaw.Protocol;

namespace Netclaw.Actors.Hosting;

/// <summary>One connection to the gateway's actors, below any transport.</summary>
internal sealed class TestClient
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    private TestClient(TestTransport transport, ConnectChallenge challenge)
    {
        Transport = transport;
        Challenge = challenge;
    }

    public TestTransport Transport { get; }

    public ConnectChallenge Challenge { get; }

    public static async Task<TestClient> Open(IActorRef supervisor, PublicKey gateway, bool owner = false)
    {
        var now = TimeProvider.System.GetUtcNow();
        var transport = new TestTransport(TimeProvider.System);
        var challenge = new ConnectChallenge(Nonce.New(), now.ToUnixTimeMilliseconds(), gateway, "gate", Nonce.New(), "");
        var evidence = new ConnectionEvidence
        {
            Listener = owner ? ListenerKind.Control : ListenerKind.Tcp, Wire = "signalr", AcceptedAt = now, Host = owner ? "localhost" : "gate.example", HostAllowed = true,
            Peer = owner ? new PeerProcess(1000, 1000, 42, [1000], DescendsFromDaemon: false) : null,
            Remote = owner ? null : new IPEndPoint(IPAddress.Parse("203.0.113.9"), 5),
        };
        var opened = await supervisor.Ask<SessionOpened>(new OpenSession(SessionId.New(), evidence, transport, challenge, now + Limits.Handshake), Patience);
        transport.Session = opened.Session;
        return new TestClient(transport, challenge);
    }

    public static async Task<TestClient> OpenAsOwner(IActorRef supervisor, PublicKey gateway)
    {
        var client = await Open(supervisor, gateway, owner: true);
        var hello = new ConnectParams { Client = new ClientInfo { Id = "cli", Version = "1", Platform = "linux" } };
        Assert.True((await client.Transport.Call(ConnectParams.Method, SessionSamples.Json(hello, ProtocolJson.Default.ConnectParams))).Ok);
        return client;
    }

    public Task<CallResponse> Connect(TestDevice device, PairingIntent? intent = null) =>
        Transport.Call(ConnectParams.Method, device.Hello(Challenge, TimeProvider.System.GetUtcNow(), intent));

    public Task<CallResponse> Call<T>(string method, T value, JsonTypeInfo<T> form) => Transport.Call(method, SessionSamples.Json(value, form));

    /// <summary>The result of a call that must succeed.</summary>
    public async Task<TResult> Get<TResult>(string method, JsonTypeInfo<TResult> form, JsonElement parameters = default)
    {
        var answer = await Transport.Call(method, parameters);
        Assert.True(answer.Ok, answer.Error?.Message);
        return answer.Payload!.Value.Deserialize(form)!;
    }

    /// <summary>The code exchange as a device does it.</summary>
    public async Task<CallResponse> PairByCode(TestDevice device, PairingCode code)
    {
        var offered = await Connect(device, new PairingIntent { Flow = PairingFlow.Code, Name = "laptop" });
        Assert.True(offered.Ok, offered.Error?.Message);
        var begun = await Call(PairBeginParams.Method, new PairBeginParams(code.Id), ProtocolJson.Default.PairBeginParams);
        if (!begun.Ok)
        {
            return begun;
        }

        var nonce = begun.Payload!.Value.GetProperty("exchangeNonce").GetString()!;
        var transcript = CodeExchange.Transcript(new CodeTranscript(
            Challenge.GatewayKey, device.Key, code.Id, Role.Operator, ScopeSet.DeviceDefault, Challenge.Nonce, Challenge.ClientNonce!, nonce));
        var key = CodeStretch.Stretch(code, Challenge.GatewayKey.GatewayId);
        return await Call(PairConfirmParams.Method, new PairConfirmParams(code.Id, CodeExchange.DeviceProof(key, transcript)), ProtocolJson.Default.PairConfirmParams);
    }
}
