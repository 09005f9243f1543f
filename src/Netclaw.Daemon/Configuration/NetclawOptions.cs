namespace Netclaw.Daemon.Configuration;

/// <summary>Everything netclaw.json may say; each section stands for itself.</summary>
public sealed record NetclawOptions
{
    public GatewayOptions Gateway { get; init; } = new();
    public ListenOptions Listen { get; init; } = new();
    public ExposureOptions Exposure { get; init; } = new();
    public AuthOptions Auth { get; init; } = new();
    public PersistenceOptions Persistence { get; init; } = new();
    public CodeOptions Pairing { get; init; } = new();
    public LimitsOptions Limits { get; init; } = new();
    public ShutdownOptions Shutdown { get; init; } = new();
    public LoggingOptions Logging { get; init; } = new();

    internal static NetclawOptions Read(ConfigSection root)
    {
        var options = new NetclawOptions
        {
            Gateway = GatewayOptions.Read(root.Section("gateway")),
            Listen = ListenOptions.Read(root.Section("listen")),
            Exposure = ExposureOptions.Read(root.Section("exposure")),
            Auth = AuthOptions.Read(root.Section("auth")),
            Persistence = PersistenceOptions.Read(root.Section("persistence", showsValues: false)),
            Pairing = CodeOptions.Read(root.Section("pairing")),
            Limits = LimitsOptions.Read(root.Section("limits")),
            Shutdown = ShutdownOptions.Read(root.Section("shutdown")),
            Logging = LoggingOptions.Read(root.Section("logging")),
        };
        root.RejectUnknown();
        return options;
    }

    public IEnumerable<ConfigProblem> Check() =>
    [
        .. new GatewayOptionsValidator().Check(Gateway),
        .. new ListenOptionsValidator(Exposure).Check(Listen),
        .. new ExposureOptionsValidator().Check(Exposure),
        .. new AuthOptionsValidator().Check(Auth),
        .. new PersistenceOptionsValidator().Check(Persistence),
        .. new CodeOptionsValidator().Check(Pairing),
        .. new LimitsOptionsValidator().Check(Limits),
        .. new ShutdownOptionsValidator().Check(Shutdown),
    ];
}
