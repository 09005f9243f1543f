using Netclaw.Cli.Gateway;
using Netclaw.Cli.Invocation;
using Netclaw.Cli.Output;
using Netclaw.Protocol;

namespace Netclaw.Cli.Status;

/// <summary>The gateway's status and how it was reached.</summary>
internal sealed record StatusReport(
    GatewayStatus Gateway, DaemonStatus Daemon, JournalStatus Journal, RegistryStatus Registry, int Connections, GrantedAuth You, ReachedBy ReachedBy, StartNotices? Notices)
{
    public static StatusReport Of(StatusResult status, ReachedBy reachedBy) =>
        new(status.Gateway, status.Daemon, status.Journal, status.Registry, status.Connections, status.You, reachedBy, status.Notices);
}

/// <summary><c>netclaw status</c>.</summary>
internal sealed class ShowStatus(CommandContext context)
{
    public async Task<Report> RunAsync(CancellationToken cancellation)
    {
        await using var gateway = await GatewayDialer.OpenAsync(context, cancellation);
        var status = await gateway.StatusAsync();
        return Report.Of(StatusReport.Of(status, gateway.ReachedBy), () => CliJson.Readable.StatusReport, StatusSheet.Print);
    }
}
