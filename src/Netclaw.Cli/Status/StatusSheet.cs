using System.Globalization;
using Netclaw.Cli.Output;
using Netclaw.Protocol;

namespace Netclaw.Cli.Status;

/// <summary>The status as a person reads it.</summary>
internal static class StatusSheet
{
    public static void Print(StatusReport status, Screen screen) => screen.Lines(Rows(status, screen.Verbose).Lines(screen.Width));

    /// <param name="all">Every warning and opt-in, not the first ones.</param>
    public static Sheet Rows(StatusReport status, bool all) => NoticeRows.Add(Stands(status), status.Notices, all);

    private static Sheet Stands(StatusReport status) => new Sheet()
        .Add("gateway", $"{status.Gateway.Name}  {status.Gateway.Id}")
        .Add("exposure", $"{status.Gateway.Exposure}, auth {status.Gateway.AuthMode}")
        .Add("daemon", $"{status.Daemon.Phase}, version {status.Daemon.Version}, pid {Number(status.Daemon.Pid)}, up {Spoken.Span(TimeSpan.FromMilliseconds(status.Daemon.UptimeMs))}")
        .Add("endpoints", string.Join(", ", status.Daemon.Endpoints.IsDefault ? [] : status.Daemon.Endpoints))
        .Add("control", status.Daemon.ControlSocket)
        .Add("shared", status.Daemon.SharedSocket)
        .Add("journal", Journal(status.Journal))
        .Add("devices", Registry(status.Registry))
        .Add("local pairing", status.Registry.LocalPairing == LocalPairingResult.Suspended
            ? "suspended until an operator confirms: netclaw devices auto-approve confirm"
            : status.Registry.LocalPairing)
        .Add("connections", Number(status.Connections))
        .Add("you", You(status.You))
        .Add("reached by", $"{status.ReachedBy.Rule}, {status.ReachedBy.Address}");

    private static string Journal(JournalStatus journal) =>
        $"{journal.Provider}, {(journal.Healthy ? "healthy" : "NOT HEALTHY: " + journal.Problem + (journal.Failure is { } failure ? " -> " + JournalTrouble.Remedy(failure) : ""))}, at {Number(journal.Sequence)}"
        + (journal.MarkProblem is { } behind ? $"; keys/gateway.json is behind: {behind}" : "");

    private static string Registry(RegistryStatus registry) =>
        $"{registry.Paired} paired, {registry.Pending} pending, {registry.Revoked} revoked, {Spoken.Count(registry.LiveCodes, "live code")}";

    private static string You(GrantedAuth you) =>
        $"{you.DeviceName ?? "local operator"}, {Spoken.RoleName(you.Role)} by {you.Method}: {Spoken.Scopes(you.Scopes)}";

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);
}
