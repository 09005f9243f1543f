using Netclaw.Protocol;

namespace Netclaw.Daemon.Configuration;

/// <summary>Section <c>auth.sharedSecretScopes</c>: what the shared token or password grants to a client without a device.</summary>
public sealed class SharedSecretOptions
{
    /// <summary>On direct loopback with exposure <c>local</c>. Default everything that is asked for.</summary>
    public ScopeSet Local { get; init; } = ScopeSet.All;

    /// <summary>From anywhere else. Default none: pair a device. Anything more makes one leaked secret enough.</summary>
    public ScopeSet Remote { get; init; } = ScopeSet.Empty;

    internal static SharedSecretOptions Read(ConfigSection section)
    {
        var options = new SharedSecretOptions
        {
            Local = section.Read("local", ScopeSet.All, Forms.Scopes, "What it grants on direct loopback with exposure.mode \"local\".", "everything"),
            Remote = section.Read("remote", ScopeSet.Empty, Forms.Scopes, "What it grants from anywhere else. Anything more than nothing makes one leaked secret enough; pair a device instead."),
        };
        section.RejectUnknown();
        return options;
    }
}

public sealed class SharedSecretOptionsValidator : ConfigValidator<SharedSecretOptions>
{
    /// <summary>Every set of scopes can be meant; a remote one is warned about.</summary>
    public override IEnumerable<ConfigProblem> Check(SharedSecretOptions options) => [];
}
