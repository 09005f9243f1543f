using Netclaw.Cli.Output;
using Netclaw.Protocol;

namespace Netclaw.Cli.Devices;

/// <summary>Pending requests, then devices, as tables.</summary>
internal static class DeviceTables
{
    public static void Print(DevicesReport report, Screen screen, DateTimeOffset now)
    {
        if (!report.Pending.IsEmpty)
        {
            screen.Line(screen.Bold($"{Spoken.Count(report.Pending.Length, "pending request")}"));
            screen.Lines(Pending(report, now).Lines(screen.Width));
            screen.Line();
        }

        screen.Lines(Paired(report, now).Lines(screen.Width));
        if (report.Paired.Count(device => device.SuspendedAtMs is not null) is var suspended and > 0)
        {
            screen.Line();
            screen.Line($"{Spoken.Count(suspended, "device")} restored from a backup and not let in until confirmed: netclaw devices confirm <device>");
        }

        if (report.LiveCodes > 0)
        {
            screen.Line();
            screen.Line($"{Spoken.Count(report.LiveCodes, "pairing code")} waiting to be used.");
        }
    }

    public static Table Pending(DevicesReport report, DateTimeOffset now)
    {
        var table = new Table("ID", "NAME", "SYMBOLS", "ROLE", "SCOPES", "FROM", "EXPIRES") { Flexible = ["NAME", "SCOPES", "FROM"] };
        foreach (var pending in report.Pending.OrderBy(pending => pending.Ts))
        {
            table.Add(
                pending.RequestId.ToString(), pending.Name, pending.Symbols ?? "-", Spoken.RoleName(pending.Role), Spoken.Scopes(pending.Scopes),
                pending.RemoteAddress ?? "-", Spoken.In(pending.ExpiresAtMs, now));
        }

        return table;
    }

    public static Table Paired(DevicesReport report, DateTimeOffset now)
    {
        var table = new Table("ID", "NAME", "KIND", "ROLE", "SCOPES", "PAIRED", "SEEN") { Flexible = ["NAME", "SCOPES", "ROLE", "SEEN"] };
        foreach (var device in report.Paired.OrderBy(device => device.ApprovedAtMs))
        {
            table.Add(
                device.DeviceId.Short, device.Name, device.Kind, string.Join(",", device.Roles.Select(Spoken.RoleName)), Spoken.Scopes(device.Scopes),
                Spoken.Ago(device.ApprovedAtMs, now), Seen(device, now));
        }

        foreach (var legacy in report.Legacy ?? [])
        {
            table.Add(
                legacy.LegacyId.ToString(), legacy.Name, "legacy", Spoken.RoleName(Role.Operator), Standing(legacy),
                Spoken.Ago(legacy.ImportedAtMs, now), legacy.LastUsedAtMs is { } used ? Spoken.Ago(used, now) : "-");
        }

        return table;
    }

    private static string Standing(LegacyDeviceRow legacy) => legacy switch
    {
        { EnrolledAs: { } device } => $"has its key: {device.Short}",
        { RemovedAtMs: not null } => "taken back",
        _ => "waits for its key",
    };

    private static string Seen(PairedDevice device, DateTimeOffset now) => device switch
    {
        { RevokedAtMs: { } revoked } => "revoked " + Spoken.Ago(revoked, now),
        { SuspendedAtMs: { } suspended } => "suspended " + Spoken.Ago(suspended, now),
        { Connected: true } => "connected",
        { LastSeenMs: { } seen } => Spoken.Ago(seen, now),
        _ => "-",
    };
}
