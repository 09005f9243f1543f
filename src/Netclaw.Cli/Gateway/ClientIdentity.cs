using Netclaw.Cli.Commands;
using Netclaw.Protocol;

namespace Netclaw.Cli.Gateway;

/// <summary>How this program describes itself to gateways. A label; it proves nothing.</summary>
internal static class ClientIdentity
{
    public static ClientInfo Info => new()
    {
        Id = "netclaw", Version = VersionText.Number, Platform = OperatingSystem.IsLinux() ? "linux" : Environment.OSVersion.Platform.ToString().ToLowerInvariant(),
        DisplayName = Environment.MachineName,
    };
}
