using Netclaw.Daemon.Schema;
using Netclaw.Protocol;

namespace Netclaw.Daemon.Configuration;

/// <summary>What people call this gateway: section <c>gateway</c>.</summary>
public sealed class GatewayOptions
{
    /// <summary>1-64 characters, shown to whoever pairs. Default: the host's name. It proves nothing; clients pin the key.</summary>
    public string Name { get; init; } = Environment.MachineName;

    internal static GatewayOptions Read(ConfigSection section)
    {
        var options = new GatewayOptions
        {
            Name = section.Optional("name", TextForm.Any, "What this gateway is called, 1 to 64 characters; shown to whoever pairs.", "the host's name") ?? Environment.MachineName,
        };
        section.RejectUnknown();
        return options;
    }
}

public sealed class GatewayOptionsValidator : ConfigValidator<GatewayOptions>
{
    public override IEnumerable<ConfigProblem> Check(GatewayOptions options)
    {
        if (!DeviceName.TryNormalize(options.Name, out _, out var problem))
        {
            yield return new ConfigProblem("gateway.name", options.Name, $"This is no name: {problem}.", "Write 1 to 64 printable characters.");
        }
    }
}
