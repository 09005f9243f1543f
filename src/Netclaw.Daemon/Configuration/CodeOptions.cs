using Netclaw.Daemon.Schema;
using Netclaw.Protocol;

namespace Netclaw.Daemon.Configuration;

/// <summary>Section <c>pairing</c>.</summary>
public sealed class CodeOptions
{
    private static readonly IntegerRange LifetimeSeconds = new(30, 3600, "seconds");

    /// <summary>
    /// How long a pairing code may be used. Default 5 minutes: time to walk to the other device. Longer gives a guesser more
    /// time (five tries in all), shorter runs out while people type.
    /// </summary>
    public TimeSpan Lifetime { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>
    /// Whether a device on this machine that shows the shared secret, or runs as the daemon's own user, is paired without a prompt.
    /// Default true, with exposure <c>local</c> only; false asks the operator every time.
    /// </summary>
    public bool AutoApproveLocal { get; init; } = true;

    /// <summary>What such a device gets at most. Default what any paired device gets; admin here hands it to every program of the owner.</summary>
    public ScopeSet LocalScopes { get; init; } = ScopeSet.DeviceDefault;

    internal static CodeOptions Read(ConfigSection section)
    {
        var options = new CodeOptions
        {
            Lifetime = TimeSpan.FromSeconds(section.Read("codeLifetimeSeconds", 300, new IntegerForm(LifetimeSeconds), "How long a pairing code may be used.")),
            AutoApproveLocal = section.Read("autoApproveLocal", true, FlagForm.Any, "Whether a device on this machine that proves to be the owner's is paired without a prompt; exposure.mode \"local\" only."),
            LocalScopes = section.Read("localScopes", ScopeSet.DeviceDefault, Forms.Scopes, "What such a device gets at most."),
        };
        section.RejectUnknown();
        return options;
    }

    internal IEnumerable<(string Key, int Value, IntegerRange Range)> Ranged() => [("pairing.codeLifetimeSeconds", (int)Lifetime.TotalSeconds, LifetimeSeconds)];
}

public sealed class CodeOptionsValidator : ConfigValidator<CodeOptions>
{
    public override IEnumerable<ConfigProblem> Check(CodeOptions options) => OutOfRange(options.Ranged());
}
