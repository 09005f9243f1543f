using Netclaw.Actors.Trust;

namespace Netclaw.Daemon.Configuration;

/// <summary>Section <c>host</c>: the host credential, for processes that share the home's keys but not its control socket.</summary>
public sealed class HostOptions
{
    /// <summary>Addresses it may come from, beside loopback and this machine's own. Default none: a copied key is worth nothing elsewhere.</summary>
    public NetworkSet AcceptFrom { get; init; } = NetworkSet.Empty;

    internal static HostOptions Read(ConfigSection section)
    {
        var options = new HostOptions
        {
            AcceptFrom = section.Read("acceptFrom", NetworkSet.Empty, Forms.Networks, "Addresses that the host credential may come from, beside loopback and this machine's own."),
        };
        section.RejectUnknown();
        return options;
    }
}

public sealed class HostOptionsValidator : ConfigValidator<HostOptions>
{
    public override IEnumerable<ConfigProblem> Check(HostOptions options) => options.AcceptFrom.Networks
        .Where(NetworkWidth.IsTooWide)
        .Select(network => new ConfigProblem("host.acceptFrom", network.ToString(), "This range is wider than any one network.", NetworkWidth.Remedy));
}
