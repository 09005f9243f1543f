using System.Collections.Immutable;
using System.Text.Json;
using Netclaw.Protocol.Tests.Pairing;

namespace Netclaw.Protocol.Tests.Messages;

/// <summary>One message of every kind with everything set, and one with everything left out that may be.</summary>
internal static class MessageSamples
{
    /// <summary>Stands for every secret; nothing that is printed may hold it.</summary>
    public const string Canary = "k4n4ry-5ecret";

    private const long Ts = 1_760_000_000_000;

    private static readonly PublicKey Key = ExchangeFixture.Device;
    private static readonly PairingCodeId Code = ExchangeFixture.CodeId("pc_7k2m");
    private static readonly SetupCodeId Setup = SetupCodeId.TryParse("i_0000000000000001", out var setup) ? setup : throw new FormatException("no setup id");
    private static readonly JsonElement Json = JsonDocument.Parse("""{"requestId":"r_0123456789ab"}""").RootElement;
    private static readonly Secret Hidden = new(Canary);
    private static readonly CallError FullError = new("pairing_required", "what was seen", "netclaw pair <url>", true, 1500, Json);
    private static readonly GrantedAuth Auth = new("device-key", Role.Node, ScopeSet.DeviceDefault, Key.DeviceId, "laptop");
    private static readonly GrantedAuth LeastAuth = new("control-socket", Role.Operator, ScopeSet.Empty);
    private static readonly HelloOk Hello = new()
    {
        Server = new ServerInfo("0.1.0", Id<SessionId>("s_0123456789abcdef"), Key.GatewayId, "home"),
        Features = new Features(["health", "status"], ["shutdown"]),
        Auth = Auth,
        Policy = new ConnectionPolicy(1, 2, 3),
        DeviceToken = new IssuedToken(Hidden, Ts),
        DeviceTokens = [new HandedToken(Hidden, Role.Operator, ScopeSet.DeviceDefault, Ts)],
    };

    private static readonly ClientInfo Client = new() { Id = "netclaw", Version = "0.1.0", Platform = "linux", Mode = "cli", DisplayName = "Anna's laptop", DeviceFamily = "Linux", InstanceId = "i1" };

    private static readonly NodeSurface Surface = new(["system"], ["system.run", "system.which"])
    {
        Permissions = ImmutableDictionary<string, bool>.Empty.Add("camera", false), PathEnv = "/usr/bin",
    };

    private static readonly PairedDevice Device = new(
        Key.DeviceId, Key, "laptop", "linux", "paired", [Role.Operator, Role.Node], ScopeSet.All, "code", "control:0", Ts, Ts + 1, true, Ts + 2);

    private static readonly PairedDevice LeastDevice = new(
        Key.DeviceId, Key, "laptop", null, "host", [Role.Operator], ScopeSet.Empty, "bootstrap", "daemon", Ts, null, false);

    private static readonly PendingPairing Pending = new(
        Id<PairingRequestId>("r_0123456789ab"), Key.DeviceId, Key, "laptop", "linux", Role.Operator, ScopeSet.ReadWrite, "192.0.2.1", "DMSF-B5QV", Ts, Ts + 1);

    private static readonly PendingPairing LeastPending = new(
        Id<PairingRequestId>("r_0123456789ab"), Key.DeviceId, Key, "laptop", null, Role.Node, ScopeSet.Empty, null, null, Ts, Ts + 1);

    private static readonly LiveConnection Live = new(
        Id<SessionId>("s_0123456789abcdef"), "Active", Key.DeviceId, "laptop", "device:d_…", Role.Operator, ScopeSet.All, "tcp/signalr", "192.0.2.1", "netclaw 0.1.0", Ts);

    private static readonly LiveConnection LeastLive = new(
        Id<SessionId>("s_0123456789abcdef"), "AwaitingHello", null, null, null, null, ScopeSet.Empty, "control/signalr", null, null, Ts);

    public static IEnumerable<(string Name, object Message)> All =>
    [
        ("ConnectChallenge", new ConnectChallenge("n1", Ts, Key, "home", "n2", "sig")),
        ("ConnectChallenge.least", new ConnectChallenge("n1", Ts, Key, "home")),
        ("ConnectParams", new ConnectParams
        {
            Client = Client with { Surface = Surface }, Role = Role.Node, Scopes = ScopeSet.All,
            Device = new DeviceProof { Id = Key.DeviceId, PublicKey = Key, Signature = "sig", SignedAt = Ts, Nonce = "n1" },
            Auth = new ConnectAuth { Token = Hidden, Password = Hidden, SpawnToken = Hidden, DeviceToken = Hidden, LegacyToken = Hidden, BootstrapToken = Hidden },
            Pairing = new PairingIntent { Flow = PairingFlow.Request, Name = "laptop", Commitment = "c" },
        }),
        ("ConnectParams.least", new ConnectParams { Client = new ClientInfo { Id = "netclaw", Version = "0.1.0", Platform = "linux" } }),
        ("HelloOk", Hello),
        ("HelloOk.least", Hello with { Auth = LeastAuth, DeviceToken = null }),
        ("Closing", new Closing(1008, FullError)),
        ("CallResponse.ok", CallResponse.Success(Json)),
        ("CallResponse.refused", CallResponse.Failure(FullError)),
        ("CallError", FullError),
        ("CallError.least", new CallError("cancelled", "stopped")),
        ("PairingOffered", new PairingOffered(PairingFlow.Code, "")),
        ("PairBeginParams", new PairBeginParams(Code)),
        ("PairBeginResult", new PairBeginResult("n3", 60_000)),
        ("PairConfirmParams", new PairConfirmParams(Code, "proof")),
        ("PairConfirmResult", new PairConfirmResult("proof", Hello)),
        ("PairRequestParams", new PairRequestParams("n4")),
        ("PairRequestResult", new PairRequestResult(Id<PairingRequestId>("r_0123456789ab"), "DMSF-B5QV", Ts)),
        ("CodeCreateParams", new CodeCreateParams(Role.Operator, ScopeSet.DeviceDefault, "phone")),
        ("CodeCreateParams.least", new CodeCreateParams(Role.Node)),
        ("CodeCreateResult", new CodeCreateResult(Code, Hidden, Ts, "http://127.0.0.1:5199", "why not", "netclaw pair http://127.0.0.1:5199", Hidden)),
        ("CodeCreateResult.least", new CodeCreateResult(Code, Hidden, Ts, null, null, "netclaw pair <url>", Hidden)),
        ("PairListParams", new PairListParams(true)),
        ("PairListResult", new PairListResult([Pending, LeastPending], [Device, LeastDevice], 2)),
        ("PairApproveParams", new PairApproveParams(Pending.RequestId, "DMSF-B5QV", ScopeSet.ReadWrite, "phone")),
        ("PairApproveParams.least", new PairApproveParams(Pending.RequestId)),
        ("PairApproveResult", new PairApproveResult(Pending.RequestId, Device)),
        ("PairRejectParams", new PairRejectParams(Pending.RequestId, "not mine")),
        ("PairRejectParams.least", new PairRejectParams(Pending.RequestId)),
        ("PairRejectResult", new PairRejectResult(Pending.RequestId, Key.DeviceId)),
        ("PairRemoveParams", new PairRemoveParams(Key.DeviceId, "lost")),
        ("PairRemoveParams.least", new PairRemoveParams(Key.DeviceId)),
        ("PairRemoveResult", new PairRemoveResult(Key.DeviceId, "laptop", 2)),
        ("LocalPairingResult", new LocalPairingResult("suspended", "reverse-proxy", "token")),
        ("PairRenameParams", new PairRenameParams(Key.DeviceId, "kitchen")),
        ("PairRenameResult", new PairRenameResult(Key.DeviceId, "kitchen (2)")),
        ("DevicesConfirmParams", new DevicesConfirmParams([Key.DeviceId])),
        ("DevicesConfirmResult", new DevicesConfirmResult([Device])),
        ("ScopesSetParams", new ScopesSetParams(Key.DeviceId, ScopeSet.ReadWrite)),
        ("ScopesSetResult", new ScopesSetResult(Device, 2)),
        ("ScopesRequestParams", new ScopesRequestParams(ScopeSet.ReadWrite)),
        ("ScopesRequestResult", new ScopesRequestResult(Pending.RequestId, Ts)),
        ("ScopesWaitParams", new ScopesWaitParams(Pending.RequestId)),
        ("ScopesWaitResult", new ScopesWaitResult(ScopesWaitResult.Approved, Pending.RequestId, ScopeSet.ReadWrite)),
        ("ScopesWaitResult.least", new ScopesWaitResult(ScopesWaitResult.Expired, Pending.RequestId)),
        ("KeyRotateParams", new KeyRotateParams(Key, "c2ln", "c2ln")),
        ("KeyRotateResult", new KeyRotateResult(Key.DeviceId, Key.DeviceId, "laptop", 2)),
        ("TokenRotateParams", new TokenRotateParams(Key.DeviceId, Role.Operator, ScopeSet.ReadWrite)),
        ("TokenRotateParams.least", new TokenRotateParams(Key.DeviceId, Role.Node)),
        ("TokenRotateResult", new TokenRotateResult(Key.DeviceId, Role.Operator, ScopeSet.ReadWrite, Ts, TokenRotateResult.InBand, Hidden)),
        ("TokenRotateResult.least", new TokenRotateResult(Key.DeviceId, Role.Node, ScopeSet.Empty, Ts, TokenRotateResult.InBand)),
        ("TokenRevokeParams", new TokenRevokeParams(Key.DeviceId, Role.Operator)),
        ("TokenRevokeResult", new TokenRevokeResult(Key.DeviceId, Role.Operator, Ts)),
        ("SetupCodeParams", new SetupCodeParams("wss://gate.example", false, true, SetupCodeParams.Node, true, "builder")),
        ("SetupCodeParams.least", new SetupCodeParams()),
        ("SetupCodeResult", new SetupCodeResult(Setup, Ts, Hidden, "wss://gate.example", "token", "params", SetupCodeParams.Limited, true) { QrDataUrl = Hidden }),
        ("SetupCodeResult.least", new SetupCodeResult(Setup, Ts, Hidden, "wss://gate.example", "token", "config", SetupCodeParams.Node)),
        ("SetupStatusParams", new SetupStatusParams(Setup)),
        ("SetupStatusResult", new SetupStatusResult(new SetupCompletion(Setup, Key.DeviceId, "builder", SetupCodeParams.Node, Ts))),
        ("SetupStatusResult.least", new SetupStatusResult()),
        ("SetupCompletion", new SetupCompletion(Setup, Key.DeviceId, "builder", SetupCodeParams.Node, Ts)),
        ("NoParams", new NoParams()),
        ("ConfigGetResult", new ConfigGetResult(
            "/home/netclaw.json", true, "{}", JsonElement.Parse("{}"), JsonElement.Parse("{}"), false, JsonElement.Parse("{}"), "44136fa3",
            [new ConfigIssue("auth.mode", "There is no such mode.")], [])),
        ("LogsTailParams", new LogsTailParams(1, 2, 3)),
        ("LogsTailParams.least", new LogsTailParams()),
        ("LogsTailResult", new LogsTailResult("/home/logs/daemon.log", 7, 9, ["line"], true, true, 4)),
        ("LogsTailResult.least", new LogsTailResult("/home/logs/daemon.log", 0, 0, [])),
        ("AgentsListResult", new AgentsListResult("coder", "main", AgentsListResult.PerSender, [new AgentRow("coder", "Coder", new AgentModel("large")), new AgentRow("plain")])),
        ("ModelsListParams", new ModelsListParams("main", true, false, true, "all")),
        ("ModelsListParams.least", new ModelsListParams()),
        ("ModelsListResult", new ModelsListResult([new ModelRow("large", "large", "openai")])),
        ("ProbeBeginResult", new ProbeBeginResult(
            "probe", 30000, new ProbeSettings("reverse-proxy", "trusted-proxy", ["192.0.2.7/32"], ["x-team"], true, true, "x-user", "x-assertion"), "https://gate.example", "why not")),
        ("ProbeResultParams", new ProbeResultParams("probe")),
        ("ProxyProbeResult", new ProxyProbeResult(new ProbeArrival(
            "/", "HTTP/1.1", true, "192.0.2.7", "elsewhere", true, [new ProbeHeader("x-user", true, "netclaw-decoy"), new ProbeHeader("x-assertion", false)], "198.51.100.4",
            new ProbeVerdict("trusted_proxy_untrusted_source", "seen"), new ProbeVerdict("ok", "seen")))),
        ("ProxyProbeResult.least", new ProxyProbeResult()),
        ("RecoveryPlanResult", new RecoveryPlanResult(
            6, "stale-host", "Its host key is gone.", ["host key: none"], true, [new PlannedWrite("/home/anna/.netclaw/keys/host.key", "none", "a new key")], 3, 3, ["netclaw backup restore <file>"], "home",
            "8f1d6c7c5d2a4b0e9a3c1f00e2d4b6a8")),
        ("RecoveryRepairParams", new RecoveryRepairParams("8f1d6c7c5d2a4b0e9a3c1f00e2d4b6a8")),
        ("RecoveryRepairParams.least", new RecoveryRepairParams()),
        ("RecoveryRepairResult", new RecoveryRepairResult(6, Key.DeviceId, 3, 3, ["/home/anna/.netclaw/keys/host.key.20261128-041500"], Key.DeviceId, 1, 2)),
        ("RecoveryRepairResult.least", new RecoveryRepairResult(5, Key.DeviceId, 0, 0, [])),
        ("StatusResult", new StatusResult(
            new GatewayStatus(Key.GatewayId, "home", Key, "local", "token"),
            new DaemonStatus("0.1.0", 42, Ts, 1000, "ready", ["http://127.0.0.1:5199"], "/home/anna/.netclaw/run/control.sock"),
            new JournalStatus("sqlite", false, 17, "disk full", "read-only file system", JournalTrouble.Stopped), new RegistryStatus(1, 2, 3, 4, "Completed", "suspended"), 5, Auth,
            new StartNotices(
                [new StartNotice("auth_none", "auth.mode", "Every program may read and write.", "Write \"token\".", "none")],
                [new StartNotice(StartNotice.OptIn, "exposure.origins", "pages of these origins may connect.", "Remove it.")], 3))),
        ("StatusResult.least", new StatusResult(
            new GatewayStatus(Key.GatewayId, "home", Key, "local", "token"), new DaemonStatus("0.1.0", 42, Ts, 1000, "starting", []),
            new JournalStatus("sqlite", true, 0), new RegistryStatus(0, 0, 0, 0, "NotStarted"), 0, LeastAuth)),
        ("HealthResult", new HealthResult(true, "live", 1000, Ts)),
        ("PresenceRow", new PresenceRow("den", "node", "connect", Ts, "node: den (node-host 2026.9.6)")
        {
            Ip = "192.0.2.1", Version = "2026.9.6", Platform = "linux", DeviceFamily = "Linux", DeviceId = Key.DeviceId.Hex, InstanceId = "i1", Roles = ["node"], Scopes = [],
        }),
        ("PresenceRow.least", new PresenceRow("home", "gateway", "self", Ts, "Gateway: home (0.1.0)")),
        ("GatewayIdentityResult", new GatewayIdentityResult(Key.GatewayId, Key)),
        ("ConnectionListResult", new ConnectionListResult([Live, LeastLive])),
        ("DaemonStopResult", new DaemonStopResult(42, 10_000)),
        .. ImportSamples.All,
        .. NodeSamples.All,
        .. InvokeSamples.All,
        .. ApprovalSamples.All,
        .. RunSamples.All,
        .. CronSamples.All,
        .. ConversationSamples.All,
    ];

    private static T Id<T>(string text) where T : struct, IId<T> => T.TryParse(text, out var id) ? id : throw new ArgumentException(text);
}
