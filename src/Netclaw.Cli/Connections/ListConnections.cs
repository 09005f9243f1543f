using System.Collections.Immutable;
using Netclaw.Cli.Gateway;
using Netclaw.Cli.Invocation;
using Netclaw.Cli.Output;
using Netclaw.Protocol;

namespace Netclaw.Cli.Connections;

/// <summary>Every live connection, oldest first.</summary>
internal sealed record ConnectionsReport(ImmutableArray<LiveConnection> Connections, ReachedBy ReachedBy);

/// <summary><c>netclaw connections list</c>.</summary>
internal sealed class ListConnections(CommandContext context)
{
    public async Task<Report> RunAsync(CancellationToken cancellation)
    {
        await using var gateway = await GatewayDialer.OpenAsync(context, cancellation);
        var live = await gateway.ConnectionsAsync();
        var report = new ConnectionsReport([.. live.Connections.OrderBy(connection => connection.SinceMs)], gateway.ReachedBy);
        return Report.Of(report, () => CliJson.Readable.ConnectionsReport, (value, screen) => screen.Lines(Rows(value, context.Now).Lines(screen.Width)));
    }

    public static Table Rows(ConnectionsReport report, DateTimeOffset now)
    {
        var table = new Table("ID", "STATE", "DEVICE", "ROLE", "SCOPES", "TRANSPORT", "SINCE") { Flexible = ["STATE", "DEVICE", "SCOPES", "TRANSPORT"] };
        foreach (var live in report.Connections)
        {
            table.Add(
                live.Id.ToString(), live.State, Who(live),
                live.Role is { } role ? Spoken.RoleName(role) : "-", Spoken.Scopes(live.Scopes), live.Transport, Spoken.Ago(live.SinceMs, now));
        }

        return table;
    }

    private static string Who(LiveConnection live) => live is { Internal: true, NodeId: { } node }
        ? $"{node} (internal)"
        : live.DeviceName ?? live.DeviceId?.Short ?? live.Principal ?? live.RemoteAddress ?? "-";
}
