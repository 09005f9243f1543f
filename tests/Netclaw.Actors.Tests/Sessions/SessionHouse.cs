using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Net;
using Akka.Actor;
using Microsoft.Extensions.Logging.Abstractions;
using Netclaw.Actors.Audit;
using Netclaw.Actors.Devices;
using Netclaw.Actors.Journal;
using Netclaw.Actors.Methods;
using Netclaw.Actors.Trust;
using Netclaw.Actors.Trust.Secrets;
using Netclaw.Protocol;

namespace Netclaw.Actors.Sessions;

/// <summary>The product's supervisor and sessions on a given actor system, with a registry and handlers of the test's choice.</summary>
internal sealed class SessionHouse : IAuditLog, IDisposable
{
    private static readonly TrustOptions Trust = new() { OwnerUserId = 1000 };

    private readonly SigningKey _gateway = SigningKey.Generate();
    private readonly ConcurrentQueue<AuditRecord> _audit = new();

    public SessionHouse(ActorSystem system, TimeProvider time, IActorRef registry, IActorRef? handlers = null, int most = 1_000_000)
    {
        Time = time;
        Metrics = new NetclawMetrics(Live);
        View.Swap(RegistrySnapshot.Empty);
        Parts = new SessionParts
        {
            Gateway = new GatewayIdentity(_gateway.Public, "gate", "1.0.0"), Methods = MethodCatalogue.Default,
            Trust = Trust, Policy = TrustPolicy.Default, Credentials = Checker(), Options = new SessionOptions { Most = most }, View = View, Registry = () => registry,
            Handlers = Enum.GetValues<HandlerKey>().ToFrozenDictionary(key => key, _ => handlers ?? ActorRefs.Nobody),
            Live = Live, Sealer = Sealer, Audit = new AuditTrail(this), Metrics = Metrics, Time = time, Log = NullLogger.Instance,
        };
        Supervisor = system.ActorOf(SessionSupervisor.Props(Parts), "sessions");
    }

    public TimeProvider Time { get; }

    public LiveSessions Live { get; } = new();

    public RegistryView View { get; } = new();

    public SecretSealer Sealer { get; } = JournalKeys.Generate().OpenSealer();

    public NetclawMetrics Metrics { get; }

    public SessionParts Parts { get; }

    public IActorRef Supervisor { get; }

    public IEnumerable<AuditRecord> Audit => _audit;

    public DateTimeOffset Now => Time.GetUtcNow();

    public void Know(params Device[] devices) => View.Swap(RegistrySnapshot.Empty with
    {
        Devices = devices.ToImmutableDictionary(device => device.Id), PairedCount = devices.Count(device => !device.IsRevoked),
    });

    public ConnectChallenge NewChallenge() => new(Nonce.New(), Now.ToUnixTimeMilliseconds(), _gateway.Public, "gate", Nonce.New(), "");

    public async Task<ConnectChallenge> Open(TestTransport transport, ConnectionEvidence? evidence = null)
    {
        var challenge = NewChallenge();
        var opened = await Supervisor.Ask<SessionOpened>(
            new OpenSession(SessionId.New(), evidence ?? FromAfar(), transport, challenge, Now + Limits.Handshake), TimeSpan.FromSeconds(10));
        transport.Session = opened.Session;
        return challenge;
    }

    /// <summary>A device that is connected and active.</summary>
    public async Task<TestTransport> Connect(TestDevice device, TestTransport? transport = null)
    {
        transport ??= new TestTransport(Time);
        var challenge = await Open(transport);
        var answer = await transport.Call(ConnectParams.Method, device.Hello(challenge, Now));
        Assert.True(answer.Ok, answer.Error?.Message);
        return transport;
    }

    public ConnectionEvidence FromAfar() => new()
    {
        Listener = ListenerKind.Tcp, Wire = "signalr", Remote = new IPEndPoint(IPAddress.Parse("203.0.113.9"), 5), Host = "gate.example", HostAllowed = true, AcceptedAt = Now,
    };

    public ConnectionEvidence FromTheOwner() => new()
    {
        Listener = ListenerKind.Control, Wire = "signalr", AcceptedAt = Now, Host = "localhost", Peer = new PeerProcess(1000, 1000, 42, [1000], DescendsFromDaemon: false),
    };

    private CredentialChecker Checker() =>
        new(Trust, new NoSharedSecret(), new CredentialLimiter(new CredentialLimits()), new SpawnCredentials(Time, Live), View, new NoAssertions(), Time);

    public void Write(AuditRecord record) => _audit.Enqueue(record);

    public void Dispose()
    {
        Metrics.Dispose();
        _gateway.Dispose();
    }
}
