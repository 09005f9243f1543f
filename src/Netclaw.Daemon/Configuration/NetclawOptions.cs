using Netclaw.Daemon.Schema;

namespace Netclaw.Daemon.Configuration;

/// <summary>Everything netclaw.json may say; each section stands for itself.</summary>
public sealed record NetclawOptions
{
    public GatewayOptions Gateway { get; init; } = new();
    public ListenOptions Listen { get; init; } = new();
    public ExposureOptions Exposure { get; init; } = new();
    public AuthOptions Auth { get; init; } = new();
    public ControlOptions Control { get; init; } = new();
    public HostOptions Host { get; init; } = new();
    public CodeOptions Pairing { get; init; } = new();
    public NodeOptions Nodes { get; init; } = new();
    public AgentsOptions Agents { get; init; } = new();
    public SpawnSection Spawn { get; init; } = new();
    public PersistenceOptions Persistence { get; init; } = new();
    public LimitsOptions Limits { get; init; } = new();
    public ShutdownOptions Shutdown { get; init; } = new();
    public LoggingOptions Logging { get; init; } = new();

    /// <summary>Other users of this machine can read the file that it came from.</summary>
    public bool IsReadableByOthers { get; init; }

    internal static NetclawOptions Read(ConfigSection root)
    {
        _ = root.Optional("$schema", TextForm.Any, "Where an editor finds the schema of this file; the gateway does not look.");
        var options = new NetclawOptions
        {
            Gateway = GatewayOptions.Read(root.Section("gateway", "What people call this gateway.")),
            Listen = ListenOptions.Read(root.Section("listen", "Where TCP clients reach the gateway; the control socket is always there besides.")),
            Exposure = ExposureOptions.Read(root.Section("exposure", "How the gateway is reached from outside.")),
            Auth = AuthOptions.Read(root.Section("auth", "What authenticates whoever has no paired key.", Shows.KnownKeys)),
            Control = ControlOptions.Read(root.Section("control", "Other users of this machine, on a socket of their own.")),
            Host = HostOptions.Read(root.Section("host", "The host credential: for processes that share the home's keys, but not its control socket.")),
            Pairing = CodeOptions.Read(root.Section("pairing", "How devices are paired.")),
            Nodes = NodeOptions.Read(root.Section("nodes", "What nodes may be asked to do.")),
            Agents = AgentsOptions.Read(root.Section("agents", "What answers prompts, by names of your choice; the first is the default agent.", Shows.KnownKeys)),
            Spawn = SpawnSection.Read(root.Section("spawn", "What may be started on this machine, and how much of it.")),
            Persistence = PersistenceOptions.Read(root.Section("persistence", "Where the journal is kept.", Shows.Nothing)),
            Limits = LimitsOptions.Read(root.Section("limits", "What connections may cost before anybody has proven anything.")),
            Shutdown = ShutdownOptions.Read(root.Section("shutdown", "How the daemon goes down.")),
            Logging = LoggingOptions.Read(root.Section("logging", "What is logged.")),
        };
        root.RejectUnknown();
        return options;
    }

    public IEnumerable<ConfigProblem> Check(MachineFacts machine) =>
    [
        .. new GatewayOptionsValidator().Check(Gateway),
        .. new ListenOptionsValidator(Exposure.Mode, Auth.TrustedProxy.AllowLoopback).Check(Listen),
        .. new ExposureOptionsValidator(Auth, machine.Programs).Check(Exposure),
        .. new AuthOptionsValidator(Exposure.Mode).Check(Auth),
        .. new SharedSecretOptionsValidator().Check(Auth.SharedSecretScopes),
        .. new RateLimitOptionsValidator().Check(Auth.RateLimit),
        .. new TrustedProxyOptionsValidator(Exposure.Mode, Auth.Mode).Check(Auth.TrustedProxy),
        .. Auth.TrustedProxy.Assertion is { } assertion ? new AssertionOptionsValidator().Check(assertion) : [],
        .. new ControlOptionsValidator(machine.Accounts).Check(Control),
        .. new HostOptionsValidator().Check(Host),
        .. new CodeOptionsValidator().Check(Pairing),
        .. new NodeOptionsValidator().Check(Nodes),
        .. new AgentsOptionsValidator().Check(Agents),
        .. new SpawnSectionValidator(machine.Accounts).Check(Spawn),
        .. new PersistenceOptionsValidator().Check(Persistence),
        .. new LimitsOptionsValidator().Check(Limits),
        .. new ShutdownOptionsValidator().Check(Shutdown),
        .. new LoggingOptionsValidator().Check(Logging),
    ];
}
