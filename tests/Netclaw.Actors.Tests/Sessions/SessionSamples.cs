using System.Collections.Immutable;
using System.Net;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Netclaw.Actors.Devices;
using Netclaw.Actors.Importing;
using Netclaw.Actors.Methods;
using Netclaw.Actors.Trust;
using Netclaw.Protocol;
using Netclaw.Protocol.Frames;

namespace Netclaw.Actors.Sessions;

/// <summary>Fixed values for the machine's tests: the same bytes on every run, so that transcripts can be compared as text.</summary>
internal static class SessionSamples
{
    public static readonly DateTimeOffset Start = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);
    public static readonly DateTimeOffset Deadline = Start + Limits.Handshake;

    public static readonly PublicKey GatewayKey = Key(1);
    public static readonly PublicKey DeviceKey = Key(2);
    public static readonly PublicKey OtherKey = Key(3);
    public static readonly DeviceId Laptop = DeviceKey.DeviceId;

    public const string ServerNonce = "c2VydmVyLW5vbmNlLXNlcnZlci1ub25jZQ";
    public const string ClientNonce = "Y2xpZW50LW5vbmNlLWNsaWVudC1ub25jZQ";
    public const string ExchangeNonce = "ZXhjaGFuZ2Utbm9uY2UtZXhjaGFuZ2Ut";
    public const string SymbolNonce = "c3ltYm9sLW5vbmNlLXN5bWJvbC1ub25j";

    public static readonly SessionFacts Facts = new(
        Id<SessionId>("s_0000000000000042"),
        new ConnectionEvidence
        {
            Listener = ListenerKind.Tcp, Wire = "signalr", Remote = new IPEndPoint(IPAddress.Parse("203.0.113.9"), 40000), Host = "gateway.example", HostAllowed = true, AcceptedAt = Start,
        },
        new GatewayIdentity(GatewayKey, "gate", "1.0.0"), MethodCatalogue.Default);

    public static readonly ConnectChallenge Challenge = new(ServerNonce, Start.ToUnixTimeMilliseconds(), GatewayKey, "gate", ClientNonce, "signature");
    public static readonly PairingCodeId CodeId = Id<PairingCodeId>("pc_abcd");
    public static readonly PairingRequestId RequestId = Id<PairingRequestId>("r_00000000000a");

    public static readonly PairingIntent CodeIntent = new() { Flow = PairingFlow.Code, Name = "laptop" };
    public static readonly PairingIntent AnnouncedIntent = new() { Flow = PairingFlow.Announced, Name = "laptop" };
    public static readonly DeviceClaim Claim = new("node-host", "node", "node", "", "linux", "Linux", null);
    public static readonly PairingIntent RequestIntent = new() { Flow = PairingFlow.Request, Name = "laptop", Commitment = CheckSymbols.Commit(SymbolNonce) };

    public static readonly Principal LaptopPrincipal = new(AuthMethod.DeviceKey, Role.Operator, ScopeSet.DeviceDefault, Laptop, "laptop");
    public static readonly Principal LocalOperator = new(AuthMethod.ControlSocket, Role.Operator, ScopeSet.All, null, "control:uid=1000");

    public static readonly Principal ByToken = new(AuthMethod.Token, Role.Operator, ScopeSet.All, null, "token:127.0.0.1") { SecretGeneration = 2 };
    public static readonly Principal OfRun = new(AuthMethod.Spawn, Role.Operator, ScopeSet.ReadWrite, null, "run:run_000000000000000a") { Run = Id<RunId>("run_000000000000000a") };

    public static readonly Device PairedLaptop = new()
    {
        Id = Laptop, Key = DeviceKey, Name = "laptop", Kind = DeviceKind.Paired, Roles = [Role.Operator], Scopes = ScopeSet.DeviceDefault,
        Via = PairedVia.Code, PairedBy = "control:uid=1000", PairedAt = Start,
    };

    public static readonly BegunCode LiveCode = new(
        CodeId, new SealedSecret([1, 2, 3]), Role.Operator, ScopeSet.DeviceDefault, Start.AddMinutes(5), Expired: false, SpentBy: null);

    public static readonly PendingRequest Pending = new()
    {
        Id = RequestId, Key = DeviceKey, Name = "laptop", Role = Role.Operator, Scopes = ScopeSet.DeviceDefault, ClientAddress = "203.0.113.9",
        Symbols = CheckSymbols.Compute(GatewayKey, DeviceKey, ExchangeNonce, SymbolNonce), FirstAt = Start.AddSeconds(1), LastAt = Start.AddSeconds(1),
    };

    public static readonly AccessDecision.PairSilently LocalPairing = new(DeviceKey, Role.Operator, ScopeSet.DeviceDefault, SilentVia.Local);

    public static readonly LegacyDevice WaitingLegacy = Legacy(SaltedHash.TryCreate(new string('a', 64), "c2FsdA==", out var hash, out _) ? hash : throw new ArgumentException("no hash"));
    public static readonly AccessDecision.EnrolLegacy LegacyEnrolment = new(DeviceKey, WaitingLegacy.Id);
    public static readonly Credentials LegacyShown = Credentials.Of(ProofVerdict.Valid) with { Legacy = LegacyVerdict.Valid, LegacyDevice = WaitingLegacy.Id };

    public static readonly AccessDecision.RedeemSetup SetupRedemption = new(DeviceKey, SetupCodeId.TryParse("i_0000000000000001", out var setup) ? setup : throw new FormatException("no setup id"));
    public static readonly Credentials SetupShown = Credentials.Of(ProofVerdict.Valid) with { Kind = ProofKind.Protocol, Setup = SecretVerdict.Valid, SetupCode = SetupRedemption.Setup };

    public static ClientInfo Client { get; } = new() { Id = "cli", Version = "1.0", Platform = "linux" };

    public static Applicant NewApplicant(PairingIntent intent) => new(DeviceKey, Role.Operator, ScopeSet.DeviceDefault, intent, Client, ExchangeNonce);

    public static ConnectParams Hello(PairingIntent? intent = null) => new()
    {
        Client = Client,
        Scopes = ScopeSet.DeviceDefault,
        Device = new DeviceProof { Id = Laptop, PublicKey = DeviceKey, Signature = "c2ln", SignedAt = Start.ToUnixTimeMilliseconds(), Nonce = ServerNonce },
        Pairing = intent,
    };

    public static OpenCall OpenCall(long callId, string method = StatusResult.Method) =>
        MethodCatalogue.Default.TryFind(method, out var entry) ? new OpenCall(callId, entry, Start) : throw new ArgumentException(method);

    public static SessionState.Active Connected(params ImmutableArray<OpenCall> calls) => new(Facts, LaptopPrincipal, Client, calls);

    public static JsonElement Json<T>(T value, JsonTypeInfo<T> form) => JsonSerializer.SerializeToElement(value, form);

    public static JsonElement Parse(string json) => JsonDocument.Parse(json).RootElement;

    public static T Id<T>(string text) where T : struct, IId<T> => T.TryParse(text, out var id) ? id : throw new ArgumentException(text);

    private static LegacyDevice Legacy(SaltedHash token) => new()
    {
        Id = LegacyDeviceId.Of(token), Token = token, Name = "old laptop", ImportedAt = Start, ImportedBy = "control:uid=1000",
    };

    private static PublicKey Key(byte fill)
    {
        var raw = new byte[65];
        Array.Fill(raw, fill);
        raw[0] = 4;
        return PublicKey.TryCreate(KeyAlgorithm.P256, raw, out var key) ? key : throw new InvalidOperationException();
    }
}
