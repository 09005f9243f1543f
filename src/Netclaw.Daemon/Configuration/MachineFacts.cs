using Netclaw.Daemon.Accounts;
using Netclaw.Daemon.Tunnels;

namespace Netclaw.Daemon.Configuration;

/// <summary>What of this machine the configuration is checked against.</summary>
public sealed record MachineFacts(IAccounts Accounts, IRunningPrograms Programs)
{
    public static MachineFacts Current { get; } = new(new SystemAccounts(), new RunningPrograms());
}
